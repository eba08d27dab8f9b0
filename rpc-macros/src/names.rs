//! Names of what is generated, and ids of what travels.

use proc_macro2::Ident;
use quote::format_ident;
use syn::ext::IdentExt;

/// The types that are made beside a trait.
#[derive(Clone)]
pub(crate) struct Names {
    pub(crate) request: Ident,
    pub(crate) client: Ident,
    pub(crate) server: Ident,
    pub(crate) blocking: Ident,
    /// The type parameter for the served object where the trait's name may stand beside it.
    pub(crate) handler: Ident,
}

impl Names {
    pub(crate) fn of(service: &Ident) -> Self {
        let base = service.unraw();
        let made = |suffix: &str| format_ident!("{base}{suffix}", span = service.span());
        Self {
            request: made("Request"),
            client: made("Client"),
            server: made("Server"),
            blocking: made("BlockingClient"),
            handler: if base == "S" { format_ident!("T") } else { format_ident!("S") },
        }
    }
}

/// The variant of a method: `get_all` gives `GetAll`. `None` if no identifier comes of it.
pub(crate) fn variant(method: &Ident) -> Option<Ident> {
    let mut name = String::new();
    for word in method.unraw().to_string().split('_') {
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            name.extend(first.to_uppercase());
            name.push_str(letters.as_str());
        }
    }
    if name == "Self" {
        name.push('_');
    }
    let mut ident = syn::parse_str::<Ident>(&name).ok()?;
    ident.set_span(method.span());
    Some(ident)
}

/// The hidden variant that gives a request enum its lifetime.
pub(crate) const HIDDEN_VARIANT: &str = "__Lifetime";

/// The id of a name on the wire: FNV-1a with 64 bits, the same as `rpc_core::wire_id`.
pub(crate) fn wire_id(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use quote::format_ident;

    use super::{variant, wire_id};

    #[test]
    fn variants_are_camel_case_and_never_a_keyword() {
        let of = |name: &str| variant(&format_ident!("{name}")).map(|ident| ident.to_string());
        assert_eq!(of("add").as_deref(), Some("Add"));
        assert_eq!(of("get_all").as_deref(), Some("GetAll"));
        assert_eq!(of("_hidden").as_deref(), Some("Hidden"));
        assert_eq!(of("r#move").as_deref(), Some("Move"));
        assert_eq!(of("self_").as_deref(), Some("Self_"));
        assert_eq!(of("étage").as_deref(), Some("Étage"));
        assert_eq!(of("__"), None);
        assert_eq!(of("_1"), None);
    }

    #[test]
    fn ids_are_fnv_1a() {
        assert_eq!(wire_id("foobar"), 0x8594_4171_f739_67e8);
    }
}
