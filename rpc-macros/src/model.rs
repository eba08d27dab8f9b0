//! What a trait means as a service: everything that the expansion needs, and nothing unchecked.

use std::time::Duration;

use proc_macro2::Ident;
use syn::{Attribute, ExprPath, Generics, ItemTrait, LitStr, Path, Receiver, Type};

use crate::names::Names;

/// A trait on which `#[rpc_service]` stands.
#[derive(Clone)]
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
#[derive(Clone)]
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
    /// What it comes to, as the trait writes it.
    pub(crate) written: Type,
    /// The same as data; where a stream is returned, `()` stands in its place.
    pub(crate) output: Output,
    /// The stream that it returns.
    pub(crate) stream: Option<ResultStream>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) idempotent: bool,
    pub(crate) detached: bool,
    pub(crate) blocking: bool,
    pub(crate) spawn: bool,
}

/// How the trait writes a method.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `async fn f(…) -> T`
    Async,
    /// `fn f(…) -> impl Future<Output = T> + Send`
    Future,
    /// `fn f(…) -> T`
    Plain,
}

/// What a method comes to, or each item of a stream.
#[derive(Clone)]
pub(crate) struct Output {
    /// The type as the trait writes it.
    pub(crate) whole: Type,
    pub(crate) kind: OutputKind,
}

/// A stream that a method returns.
#[derive(Clone)]
pub(crate) struct ResultStream {
    pub(crate) items: Output,
    /// It has to be `Sync`, which that of a client is not.
    pub(crate) sync: bool,
    /// It has a lifetime of its own.
    pub(crate) bounded: bool,
}

/// What the tokens of that type say.
#[derive(Clone)]
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
#[derive(Clone)]
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
#[derive(Clone)]
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
    /// `impl Stream<Item = T>`, with the `T`: follows the request.
    Stream(Output),
}

impl Argument {
    pub(crate) fn travels(&self) -> bool {
        !matches!(self.kind, ArgumentKind::Context)
    }

    /// What the stream is of, if it is one.
    pub(crate) fn items(&self) -> Option<&Output> {
        match &self.kind {
            ArgumentKind::Stream(items) => Some(items),
            _ => None,
        }
    }
}

impl Method {
    /// What a caller gives.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &Argument> + Clone {
        self.arguments.iter().filter(|argument| argument.travels())
    }

    /// The arguments that the request has.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Argument> + Clone {
        self.parameters().filter(|argument| argument.items().is_none())
    }

    /// The arguments that are streams, with what they are of.
    pub(crate) fn streams(&self) -> impl Iterator<Item = (&Argument, &Output)> + Clone {
        self.parameters().filter_map(|argument| Some((argument, argument.items()?)))
    }

    pub(crate) fn takes_streams(&self) -> bool {
        self.streams().next().is_some()
    }

    /// `fn f(…) -> impl Stream<Item = T>`: the stream is there at once, without anything to wait for.
    pub(crate) fn streams_at_once(&self) -> bool {
        self.stream.is_some() && self.form == Form::Plain && matches!(self.output.kind, OutputKind::Value)
    }
}

/// A name on the wire.
#[derive(Clone)]
pub(crate) struct WireName {
    pub(crate) text: String,
    /// The `name = "…"` that says it; without one it is the identifier's.
    pub(crate) said: Option<LitStr>,
}

/// What stands for an argument that a call does not have.
#[derive(Clone)]
pub(crate) enum DefaultValue {
    /// `Default::default()` of its type; where that is said.
    Trait(Ident),
    /// A function of the user's.
    Function(ExprPath),
}
