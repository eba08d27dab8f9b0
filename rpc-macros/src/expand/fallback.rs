//! What is emitted when nothing but the trait can be: enough for the editor and for the rest of the crate.

use proc_macro2::TokenStream;
use syn::ItemTrait;

pub(super) fn only_trait(item: &ItemTrait) -> TokenStream {
    code! {
        #[allow(async_fn_in_trait)]
        #item
    }
}
