//! Types that are no data, as far as their tokens show it.

use syn::visit::{self, Visit};
use syn::{PathSegment, TypeFnPtr, TypeImplTrait, TypeInfer, TypeNever, TypePath, TypePtr, TypeTraitObject};

use crate::report::Errors;
use crate::streams;

/// Where a type stands.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    Argument,
    Result,
    /// In a stream.
    Item,
}

impl Place {
    /// What is wrong with an `impl Trait` there.
    pub(crate) fn opaque(self) -> &'static str {
        match self {
            Self::Argument => {
                "an argument has one concrete type at both ends, which `impl Trait` hides: name the type"
            }
            Self::Result => {
                "a result has one concrete type at both ends, which `impl Trait` hides: name the type"
            }
            Self::Item => {
                "an item has one concrete type at both ends, which `impl Trait` hides: name the type"
            }
        }
    }

    /// What is wrong with a stream that stands within another type there.
    fn stream(self) -> &'static str {
        match self {
            Self::Argument => {
                "a stream is an argument of its own, by value: write `name: impl Stream<Item = T> + Send`"
            }
            Self::Result => {
                "a method returns one stream, alone or as the value of a `Result`: write `impl Stream<Item = T> + Send` or `Result<impl Stream<Item = T> + Send, E>`"
            }
            Self::Item => {
                "the items of a stream hold no streams: send owned data, or open each stream with a call of its own"
            }
        }
    }
}

/// Reports each part of `ty` that cannot travel.
pub(crate) fn check(ty: &syn::Type, place: Place, errors: &mut Errors) {
    NoData { place, errors, hidden: false }.visit_type(ty);
}

const BOXED: &str =
    "a boxed stream is no data: write `impl Stream<Item = T> + Send`, which a boxed one is as well";

struct NoData<'e> {
    place: Place,
    errors: &'e mut Errors,
    /// Within the arguments of a type that may make data of anything: `PhantomData<fn() -> T>`, `Box<dyn Shape>`.
    hidden: bool,
}

impl NoData<'_> {
    fn refuse(&mut self, tokens: impl quote::ToTokens, message: &str) {
        if !self.hidden {
            self.errors.push(tokens, message);
        }
    }
}

impl<'ast> Visit<'ast> for NoData<'_> {
    fn visit_type_path(&mut self, path: &'ast TypePath) {
        let plain = |last: &PathSegment| ["Option", "Result", "Vec"].iter().any(|name| last.ident == name);
        if let Some(boxed) = path.path.segments.last().filter(|last| streams::is_boxed(last)) {
            self.errors.push(boxed, BOXED);
            return;
        }
        let outer = self.hidden;
        self.hidden |= !path.path.segments.last().is_some_and(plain);
        visit::visit_type_path(self, path);
        self.hidden = outer;
    }

    fn visit_type_impl_trait(&mut self, opaque: &'ast TypeImplTrait) {
        let stream = streams::is_stream(opaque);
        self.errors.push(opaque, if stream { self.place.stream() } else { self.place.opaque() });
    }

    fn visit_type_infer(&mut self, infer: &'ast TypeInfer) {
        self.errors.push(infer, "both ends have to know the type: write it in place of `_`");
    }

    fn visit_type_trait_object(&mut self, object: &'ast TypeTraitObject) {
        if streams::is_stream(&TypeImplTrait {
            attrs: Vec::new(),
            impl_token: Default::default(),
            bounds: object.bounds.clone(),
        }) {
            self.errors.push(object, BOXED);
        } else {
            self.refuse(object, "a trait object cannot travel: name a concrete type");
        }
    }

    fn visit_type_ptr(&mut self, pointer: &'ast TypePtr) {
        self.refuse(pointer, "a pointer means nothing at the other end: send the value");
    }

    fn visit_type_fn_ptr(&mut self, function: &'ast TypeFnPtr) {
        self.refuse(
            function,
            "a function cannot travel: send the data that it is called with, or its result",
        );
    }

    fn visit_type_never(&mut self, never: &'ast TypeNever) {
        self.refuse(never, "there is no value of `!` that could travel: name another type");
    }
}
