//! Types that are no data, as far as their tokens show it.

use syn::visit::{self, Visit};
use syn::{
    PathSegment, TypeBareFn, TypeImplTrait, TypeInfer, TypeNever, TypeParamBound, TypePath, TypePtr,
    TypeTraitObject,
};

use crate::report::Errors;

pub(crate) const STREAM: &str =
    "streams are not supported: send or return a `Vec`, or split the method into several calls";

pub(crate) fn is_stream(opaque: &TypeImplTrait) -> bool {
    opaque.bounds.iter().any(|bound| {
        matches!(bound, TypeParamBound::Trait(bound)
            if bound.path.segments.last().is_some_and(|last| last.ident == "Stream"))
    })
}

/// Reports each part of `ty` that cannot travel. `opaque` is the message for an `impl Trait`.
pub(crate) fn check(ty: &syn::Type, opaque: &str, errors: &mut Errors) {
    NoData { opaque, errors, hidden: false }.visit_type(ty);
}

struct NoData<'e> {
    opaque: &'e str,
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
        let outer = self.hidden;
        self.hidden |= !path.path.segments.last().is_some_and(plain);
        visit::visit_type_path(self, path);
        self.hidden = outer;
    }

    fn visit_type_impl_trait(&mut self, opaque: &'ast TypeImplTrait) {
        self.errors.push(opaque, if is_stream(opaque) { STREAM } else { self.opaque });
    }

    fn visit_type_infer(&mut self, infer: &'ast TypeInfer) {
        self.errors.push(infer, "both ends have to know the type: write it in place of `_`");
    }

    fn visit_type_trait_object(&mut self, object: &'ast TypeTraitObject) {
        self.refuse(object, "a trait object cannot travel: name a concrete type");
    }

    fn visit_type_ptr(&mut self, pointer: &'ast TypePtr) {
        self.refuse(pointer, "a pointer means nothing at the other end: send the value");
    }

    fn visit_type_bare_fn(&mut self, function: &'ast TypeBareFn) {
        self.refuse(
            function,
            "a function cannot travel: send the data that it is called with, or its result",
        );
    }

    fn visit_type_never(&mut self, never: &'ast TypeNever) {
        self.refuse(never, "there is no value of `!` that could travel: name another type");
    }
}
