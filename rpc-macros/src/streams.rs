//! Streams: `impl Stream<Item = T> + Send`, as an argument or as what a method returns.

use syn::visit_mut::{self, VisitMut};
use syn::{
    AssocType, GenericArgument, Path, PathArguments, PathSegment, Signature, Type, TypeImplTrait,
    TypeParamBound, parse_quote, parse_quote_spanned, spanned::Spanned,
};

use crate::check;
use crate::data;
use crate::model::{Method, ResultStream};
use crate::report::Errors;
use crate::types;

const ITEM_MISSING: &str =
    "both ends have to know what is in the stream: write `impl Stream<Item = T> + Send`";

const STRANGER: &str = "a stream is `impl Stream<Item = T> + Send`, with `Unpin`, `Sync` or a lifetime if it needs them, and no more";

const BORROWED_ITEM: &str = "an item of a stream is sent when its lender may be gone, and cannot borrow: let the stream have owned items";

/// Whether this is `impl Stream`, by whatever path and with whatever bounds beside it.
pub(crate) fn is_stream(opaque: &TypeImplTrait) -> bool {
    opaque.bounds.iter().any(|bound| segment(bound).is_some_and(|last| last.ident == "Stream"))
}

/// The `impl Stream` that this type is.
pub(crate) fn of(ty: &Type) -> Option<&TypeImplTrait> {
    match types::peel(ty) {
        Type::ImplTrait(opaque) if is_stream(opaque) => Some(opaque),
        _ => None,
    }
}

/// What is in a stream, if its tokens say so and have no mistake.
pub(crate) fn items(opaque: &TypeImplTrait, errors: &mut Errors) -> Option<Type> {
    let before = errors.count();
    let mut found = None;
    for bound in &opaque.bounds {
        match segment(bound) {
            Some(last) if last.ident == "Stream" => found = item(last).or(found),
            Some(last) if ["Send", "Sync", "Unpin"].iter().any(|name| last.ident == name) => {}
            None if matches!(bound, TypeParamBound::Lifetime(_)) => {}
            _ => errors.push(bound, STRANGER),
        }
    }
    let Some(AssocType { ty, .. }) = found else {
        errors.push(opaque, ITEM_MISSING);
        return None;
    };
    check::no_self_type(ty, errors);
    data::check(ty, data::Place::Item, errors);
    for span in types::borrows(ty) {
        errors.push_at(span, BORROWED_ITEM);
    }
    (errors.count() == before).then(|| ty.clone())
}

/// Takes the stream out of what a method comes to, and leaves `()`. It stands alone or is the value of a `Result`;
/// what stands elsewhere stays, and is no data.
pub(crate) fn take(written: &Type) -> (Type, Option<TypeImplTrait>) {
    let mut rest = written.clone();
    let taken = place(&mut rest, true).and_then(|place| {
        let taken = of(place)?.clone();
        *place = parse_quote_spanned!(taken.span()=> ());
        Some(taken)
    });
    (rest, taken)
}

fn place(ty: &mut Type, outermost: bool) -> Option<&mut Type> {
    if matches!(ty, Type::ImplTrait(_)) {
        return of(ty).is_some().then_some(ty);
    }
    match ty {
        Type::Group(group) => place(&mut group.elem, outermost),
        Type::Paren(paren) => place(&mut paren.elem, outermost),
        Type::Path(path) if outermost => {
            let last = path.path.segments.last_mut().filter(|last| last.ident == "Result")?;
            let PathArguments::AngleBracketed(angle) = &mut last.arguments else {
                return None;
            };
            let value = angle.args.iter_mut().find_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            place(value?, false)
        }
        _ => None,
    }
}

/// A stream that a method returns.
pub(crate) fn result(opaque: &TypeImplTrait, krate: &Path, errors: &mut Errors) -> Option<ResultStream> {
    let items = items(opaque, errors)?;
    let has = |test: &dyn Fn(&TypeParamBound) -> bool| opaque.bounds.iter().any(test);
    Some(ResultStream {
        items: types::output(&items, krate),
        sync: has(&|bound| segment(bound).is_some_and(|last| last.ident == "Sync")),
        bounded: has(&|bound| matches!(bound, TypeParamBound::Lifetime(_))),
    })
}

/// Adds `Send` to every `impl Stream` of a method that lacks it.
pub(crate) fn make_send(signature: &mut Signature, method: &mut Method, private: &Path) {
    let mut add = AddSend(private);
    add.visit_signature_mut(signature);
    add.visit_type_mut(&mut method.written);
    for argument in &mut method.arguments {
        add.visit_type_mut(&mut argument.ty);
    }
}

struct AddSend<'p>(&'p Path);

impl VisitMut for AddSend<'_> {
    fn visit_type_impl_trait_mut(&mut self, opaque: &mut TypeImplTrait) {
        if is_stream(opaque) {
            add_send(opaque, self.0);
        }
        visit_mut::visit_type_impl_trait_mut(self, opaque);
    }
}

/// Adds `Send` to the bounds unless it is there.
pub(crate) fn add_send(opaque: &mut TypeImplTrait, private: &Path) {
    if !opaque.bounds.iter().any(|bound| segment(bound).is_some_and(|last| last.ident == "Send")) {
        opaque.bounds.push(parse_quote!(#private::core::marker::Send));
    }
}

fn segment(bound: &TypeParamBound) -> Option<&PathSegment> {
    match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    }
}

/// `Item = T`
fn item(segment: &PathSegment) -> Option<&AssocType> {
    let PathArguments::AngleBracketed(angle) = &segment.arguments else {
        return None;
    };
    angle.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(item) if item.ident == "Item" => Some(item),
        _ => None,
    })
}

/// A type that stands for a boxed stream, which has to be written as `impl Stream`.
pub(crate) fn is_boxed(segment: &PathSegment) -> bool {
    segment.ident == "BoxStream" || segment.ident == "LocalBoxStream"
}
