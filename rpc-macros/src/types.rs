//! What a type's tokens say. Types made by `macro_rules` stand in invisible groups, which are peeled first.

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{
    BoundLifetimes, GenericArgument, Lifetime, ParenthesizedGenericArguments, Path, PathArguments,
    PathSegment, Type, TypeFnPtr, TypeReference,
};

use crate::model::{ArgumentKind, Output, OutputKind};

/// The type inside of invisible groups and parentheses.
pub(crate) fn peel(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Group(group) => &group.elem,
            Type::Paren(paren) => &paren.elem,
            other => return other,
        };
    }
}

/// How an argument of this type gets into a request and out of it.
pub(crate) fn argument_kind(ty: &Type) -> ArgumentKind {
    match peel(ty) {
        Type::Reference(reference) if is_context(&reference.elem) => ArgumentKind::Context,
        Type::Reference(reference) => ArgumentKind::Borrowed((*reference.elem).clone()),
        Type::Path(path) => path_kind(&path.path),
        _ => ArgumentKind::Owned,
    }
}

fn path_kind(path: &Path) -> ArgumentKind {
    let Some(last) = path.segments.last() else {
        return ArgumentKind::Owned;
    };
    match type_arguments(last).as_slice() {
        [only] if last.ident == "Option" => match peel(only) {
            Type::Reference(reference) => ArgumentKind::OptionBorrowed((*reference.elem).clone()),
            _ => ArgumentKind::Owned,
        },
        [only] if last.ident == "Cow" && !lives_forever(last) => ArgumentKind::Cow((*only).clone()),
        _ => ArgumentKind::Owned,
    }
}

fn is_context(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|last| last.ident == "Context" && last.arguments.is_empty())
}

fn lives_forever(segment: &PathSegment) -> bool {
    arguments(segment)
        .any(|argument| matches!(argument, GenericArgument::Lifetime(life) if life.ident == "static"))
}

/// What kind of result this type is. `krate` is the path by which the user names farcall.
pub(crate) fn output(ty: &Type, krate: &Path) -> Output {
    Output { whole: ty.clone(), kind: output_kind(ty, krate) }
}

fn output_kind(ty: &Type, krate: &Path) -> OutputKind {
    let Some(path) = path(ty) else {
        return OutputKind::Value;
    };
    let Some(last) = path.segments.last().filter(|last| last.ident == "Result") else {
        return OutputKind::Value;
    };
    let boxed = |ty: &Type| Box::new(ty.clone());
    match type_arguments(last).as_slice() {
        [ok, err] if is_rpc_error(err, krate) => OutputKind::Rpc { ok: boxed(ok) },
        [ok, err] => OutputKind::Result { ok: boxed(ok), err: boxed(err) },
        [ok] if is_of_farcall(path, krate) => OutputKind::Rpc { ok: boxed(ok) },
        [_] => OutputKind::Alias,
        _ => OutputKind::Value,
    }
}

/// Whether farcall's `RpcError` is meant. Alone the name means that one; behind a path of the user's it is the user's.
fn is_rpc_error(ty: &Type, krate: &Path) -> bool {
    path(ty).is_some_and(|path| {
        let named = path.segments.last().is_some_and(|last| last.ident == "RpcError");
        let alone = path.segments.len() == 1 && path.leading_colon.is_none();
        named && (alone || is_of_farcall(path, krate))
    })
}

/// Whether `farcall::Result` or, with another name for the crate, `rpc::Result` is meant.
fn is_of_farcall(path: &Path, krate: &Path) -> bool {
    path.segments.iter().rev().nth(1).is_some_and(|before| {
        before.ident == "farcall" || krate.segments.last().is_some_and(|last| last.ident == before.ident)
    })
}

/// Whether nothing but types of the standard library is named: such a type says nothing of itself. A type of the user's with
/// such a name is not looked at either.
pub(crate) fn is_of_std(ty: &Type) -> bool {
    struct Foreign(bool);

    impl<'ast> Visit<'ast> for Foreign {
        fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
            self.0 |= !OF_STD.iter().any(|name| segment.ident == name);
            visit::visit_path_segment(self, segment);
        }

        fn visit_macro(&mut self, _: &'ast syn::Macro) {
            self.0 = true;
        }
    }

    let mut foreign = Foreign(false);
    foreign.visit_type(ty);
    !foreign.0
}

/// With their modules.
const OF_STD: &[&str] = &[
    "bool",
    "char",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "std",
    "core",
    "alloc",
    "string",
    "String",
    "vec",
    "Vec",
    "option",
    "Option",
    "boxed",
    "Box",
    "borrow",
    "Cow",
    "collections",
    "BTreeMap",
    "BTreeSet",
    "HashMap",
    "HashSet",
    "VecDeque",
    "time",
    "Duration",
    "SystemTime",
];

/// The path of a type that is one.
pub(crate) fn path(ty: &Type) -> Option<&Path> {
    match peel(ty) {
        Type::Path(path) => Some(&path.path),
        _ => None,
    }
}

/// The last segment of a type that is a path.
pub(crate) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    path(ty)?.segments.last()
}

fn arguments(segment: &PathSegment) -> impl Iterator<Item = &GenericArgument> {
    match &segment.arguments {
        PathArguments::AngleBracketed(angle) => Some(angle.args.iter()),
        _ => None,
    }
    .into_iter()
    .flatten()
}

fn type_arguments(segment: &PathSegment) -> Vec<&Type> {
    arguments(segment)
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
        .collect()
}

/// A `Cow` whose lifetime is left out.
fn is_elided_cow(segment: &PathSegment) -> bool {
    let has_lifetime = arguments(segment).any(|argument| matches!(argument, GenericArgument::Lifetime(_)));
    segment.ident == "Cow" && !has_lifetime && type_arguments(segment).len() == 1
}

/// The type with every lifetime that a caller chooses replaced by `lifetime`.
pub(crate) fn with_lifetime(ty: &Type, lifetime: &Lifetime) -> Type {
    struct Replace<'l>(&'l Lifetime);

    impl VisitMut for Replace<'_> {
        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            reference.lifetime.get_or_insert_with(|| self.0.clone());
            visit_mut::visit_type_reference_mut(self, reference);
        }

        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident != "static" {
                *lifetime = self.0.clone();
            }
        }

        fn visit_path_mut(&mut self, path: &mut Path) {
            visit_mut::visit_path_mut(self, path);
            if let Some(last) = path.segments.last_mut().filter(|last| is_elided_cow(last))
                && let PathArguments::AngleBracketed(angle) = &mut last.arguments
            {
                angle.args.insert(0, GenericArgument::Lifetime(self.0.clone()));
            }
        }

        // Lifetimes in the signature of a function are its own.
        fn visit_type_fn_ptr_mut(&mut self, _: &mut TypeFnPtr) {}
        fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {}
        fn visit_bound_lifetimes_mut(&mut self, _: &mut BoundLifetimes) {}
    }

    let mut ty = ty.clone();
    Replace(lifetime).visit_type_mut(&mut ty);
    ty
}

/// The borrows in a type: references, lifetimes other than `'static`, and a `Cow` without one.
pub(crate) fn borrows(ty: &Type) -> Vec<proc_macro2::Span> {
    #[derive(Default)]
    struct Find(Vec<proc_macro2::Span>);

    impl<'ast> Visit<'ast> for Find {
        fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
            // What the reference says about lifetimes within is the same mistake.
            self.0.push(reference.and_token.span);
        }

        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            if lifetime.ident != "static" {
                self.0.push(lifetime.span());
            }
        }

        fn visit_path(&mut self, path: &'ast Path) {
            if let Some(last) = path.segments.last().filter(|last| is_elided_cow(last)) {
                self.0.push(last.ident.span());
            }
            visit::visit_path(self, path);
        }

        fn visit_type_fn_ptr(&mut self, _: &'ast TypeFnPtr) {}
        fn visit_parenthesized_generic_arguments(&mut self, _: &'ast ParenthesizedGenericArguments) {}
    }

    let mut find = Find::default();
    find.visit_type(ty);
    find.0
}
