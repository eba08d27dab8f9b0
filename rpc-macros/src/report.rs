use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects all mistakes of a trait, so that they are reported at once.
///
/// Dropping it without [reporting](Self::into_compile_errors) is a bug: a mistake would go unnoticed.
#[derive(Default)]
pub(crate) struct Errors {
    found: Vec<syn::Error>,
    reported: bool,
}

impl Errors {
    /// A mistake in `tokens`.
    pub(crate) fn push(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.found.push(syn::Error::new_spanned(tokens, message));
    }

    /// A mistake at `span`.
    pub(crate) fn push_at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.found.push(syn::Error::new(span, message));
    }

    /// A mistake that syn found.
    pub(crate) fn add(&mut self, error: syn::Error) {
        self.found.push(error);
    }

    /// How many there are so far: compared before and after a part, it tells whether that part is sound.
    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// The mistakes as `compile_error!`s.
    pub(crate) fn into_compile_errors(mut self) -> TokenStream {
        self.reported = true;
        self.found.iter().map(syn::Error::to_compile_error).collect()
    }

    /// The mistakes themselves.
    #[cfg(test)]
    pub(crate) fn into_found(mut self) -> Vec<syn::Error> {
        self.reported = true;
        std::mem::take(&mut self.found)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if !self.reported && !std::thread::panicking() {
            #[allow(
                clippy::panic,
                reason = "an unreported mistake must not pass; it cannot leave this crate's tests"
            )]
            {
                panic!("errors were collected but not reported: {:?}", self.found);
            }
        }
    }
}
