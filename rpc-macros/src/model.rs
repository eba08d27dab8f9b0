//! What a trait means as a service: everything that the expansion needs, and nothing unchecked.

use std::time::Duration;

use proc_macro2::Ident;
use syn::{Attribute, ExprPath, Generics, ItemTrait, LitStr, Path, Receiver, Type};

use crate::names::Names;

/// A trait on which `#[rpc_service]` stands.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// The trait as it is emitted: options taken off, `async fn`s as functions that return futures.
    pub(crate) item: ItemTrait,
    /// What is made beside it.
    pub(crate) names: Names,
    /// `::farcall::__private`, or that of `crate = path`.
    pub(crate) private: Path,
    /// The name on the wire.
    pub(crate) wire_name: String,
    /// Its id.
    pub(crate) id: u64,
    /// The documentation as text.
    pub(crate) docs: String,
    /// `#[cfg]`s of the trait that everything generated has to repeat.
    pub(crate) cfgs: Vec<Attribute>,
    /// `#[allow]`s of the trait, which hold for what is made of it.
    pub(crate) allows: Vec<Attribute>,
    /// The methods that have no mistake.
    pub(crate) methods: Vec<Method>,
    /// Whether that is all of them.
    pub(crate) complete: bool,
}

/// A method of the trait.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    pub(crate) ident: Ident,
    /// The name on the wire, and where it was said if it was.
    pub(crate) wire_name: WireName,
    /// Its id, from `Service.method`.
    pub(crate) id: u64,
    /// The variant in the request enum.
    pub(crate) variant: Ident,
    /// The position in the trait, counting methods that `#[cfg]` removes.
    pub(crate) index: u32,
    /// The documentation as text.
    pub(crate) docs: String,
    /// `#[cfg]`s, repeated wherever the method shows.
    pub(crate) cfgs: Vec<Attribute>,
    /// Docs, `#[deprecated]` and `#[allow]`, repeated at the client.
    pub(crate) carried: Vec<Attribute>,
    /// Lifetimes and `where` clause.
    pub(crate) generics: Generics,
    pub(crate) receiver: Receiver,
    /// All arguments but `&self`, in order.
    pub(crate) arguments: Vec<Argument>,
    pub(crate) form: Form,
    pub(crate) output: Output,
    pub(crate) timeout: Option<Duration>,
    pub(crate) idempotent: bool,
    pub(crate) detached: bool,
    pub(crate) blocking: bool,
    pub(crate) spawn: bool,
}

/// How the trait writes a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `async fn f(…) -> T`
    Async,
    /// `fn f(…) -> impl Future<Output = T> + Send`
    Future,
    /// `fn f(…) -> T`
    Plain,
}

/// What a method comes to.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// The type as the trait writes it.
    pub(crate) whole: Type,
    pub(crate) kind: OutputKind,
}

/// What the tokens of that type say.
#[derive(Clone, Debug)]
pub(crate) enum OutputKind {
    /// `T`
    Value,
    /// `Result<T, E>`
    Result { ok: Box<Type>, err: Box<Type> },
    /// `Result<T, RpcError>`
    Rpc { ok: Box<Type> },
    /// An alias such as `io::Result<T>`, whose types only the type system knows.
    Alias,
}

/// An argument of a method.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) ident: Ident,
    /// The type as the trait writes it.
    pub(crate) ty: Type,
    pub(crate) kind: ArgumentKind,
    pub(crate) wire_name: WireName,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<DefaultValue>,
}

/// How an argument gets into the request and out of it.
#[derive(Clone, Debug)]
pub(crate) enum ArgumentKind {
    /// `&Context`: does not travel.
    Context,
    /// By value.
    Owned,
    /// `&T`, with the `T`.
    Borrowed(Type),
    /// `Option<&T>`, with the `T`.
    OptionBorrowed(Type),
    /// `Cow<'_, T>`, with the `T`.
    Cow(Type),
}

impl Argument {
    pub(crate) fn travels(&self) -> bool {
        !matches!(self.kind, ArgumentKind::Context)
    }
}

impl Method {
    /// The arguments that travel.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Argument> + Clone {
        self.arguments.iter().filter(|argument| argument.travels())
    }
}

/// A name on the wire.
#[derive(Clone, Debug)]
pub(crate) struct WireName {
    pub(crate) text: String,
    /// The `name = "…"` that says it; without one it is the identifier's.
    pub(crate) said: Option<LitStr>,
}

/// What stands for an argument that a call does not have.
#[derive(Clone, Debug)]
pub(crate) enum DefaultValue {
    /// `Default::default()` of its type.
    Trait,
    /// A function of the user's.
    Function(ExprPath),
}
