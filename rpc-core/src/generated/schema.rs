//! What the types of a method are, found by asking their serde implementations when that is first wanted.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, OnceLock, TryLockError};

use super::{DecodeField, EncodePayload, MethodDescriptor};
use crate::codec::Codec;
use crate::schema::{
    Argument, Describe, Descriptions, Outcome, Prober, Shape, Signature, StreamSignature, TypeRef,
};
use crate::{Code, Executed, Fault, RpcError};

/// What a method takes and gives. The macro makes one for each method; what it describes is found once.
pub struct MethodSchema {
    describe: fn(&mut Describer),
    found: OnceLock<Found>,
    /// Why a codec does not carry the types, by its byte.
    refusals: [OnceLock<Option<String>>; CODECS],
}

/// What was found of a method's types.
pub(crate) struct Found {
    pub(crate) signature: Signature,
    fingerprint: OnceLock<u64>,
    /// Positional bodies cannot carry its values.
    pub(crate) needs_names: bool,
    /// Why its values cannot be carried at all.
    problem: Option<String>,
}

/// What is known of types, so that methods that share some find them out once.
static KNOWN: Mutex<Option<Prober>> = Mutex::new(None);

/// The same as codecs see it that people read.
#[cfg(any(feature = "json", feature = "xml"))]
static KNOWN_READABLE: Mutex<Option<Prober>> = Mutex::new(None);

impl Found {
    /// Of the signature; never 0.
    pub(crate) fn fingerprint(&self) -> u64 {
        *self.fingerprint.get_or_init(|| self.signature.fingerprint())
    }
}

/// Above the byte of every codec.
const CODECS: usize = 8;

/// Takes down what a method's types are.
pub struct Describer {
    method: &'static MethodDescriptor,
    prober: Prober,
    descriptions: Descriptions,
    arguments: Vec<TypeRef>,
    streams: Vec<StreamSignature>,
    outcome: Option<Outcome>,
    error: Option<TypeRef>,
}

impl MethodSchema {
    #[doc(hidden)]
    pub const fn new(describe: fn(&mut Describer)) -> Self {
        Self { describe, found: OnceLock::new(), refusals: [const { OnceLock::new() }; CODECS] }
    }

    /// What was found, if that was wanted before: runs no code of the user's.
    pub(crate) fn known(&self) -> Option<&Found> {
        self.found.get()
    }

    pub(crate) fn found(&self, method: &'static MethodDescriptor) -> &Found {
        self.found.get_or_init(|| self.find(method, &KNOWN, Prober::new))
    }

    fn find(
        &self,
        method: &'static MethodDescriptor,
        known: &Mutex<Option<Prober>>,
        new: fn() -> Prober,
    ) -> Found {
        // Whoever has it is finding out something else, or this is called by a user's code that is being probed.
        let mut known = match known.try_lock() {
            Ok(known) => Some(known),
            Err(TryLockError::Poisoned(known)) => Some(known.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        let prober = known.as_mut().and_then(|known| known.take()).unwrap_or_else(new);
        let mut describer = Describer::new(method, prober);
        (self.describe)(&mut describer);
        let (found, prober) = describer.finish();
        if let Some(mut known) = known {
            *known = Some(prober);
        }
        found
    }

    /// In which codec values of the method travel where `wanted` is asked for.
    ///
    /// # Errors
    ///
    /// They cannot.
    pub(crate) fn codec(&self, method: &'static MethodDescriptor, wanted: Codec) -> Result<Codec, RpcError> {
        self.carrier(method, wanted).map_err(|why| {
            RpcError::new(Code::InvalidArgument, format!("`{method}` cannot be called: {why}"))
                .with_executed(Executed::No)
                .with_fault(Fault::Caller)
        })
    }

    /// The same; what is wrong is a clause.
    pub(super) fn carrier(&self, method: &'static MethodDescriptor, wanted: Codec) -> Result<Codec, &str> {
        let found = self.found(method);
        let codec = if found.needs_names { wanted.named() } else { wanted };
        found.problem.as_deref().or_else(|| self.refusal(method, codec)).map_or(Ok(codec), Err)
    }

    /// Why `codec` does not carry values of the method.
    fn refusal(&self, method: &'static MethodDescriptor, codec: Codec) -> Option<&str> {
        let refusal = || match codec {
            Codec::Postcard | Codec::Compact => refusal(&self.found(method).signature, codec),
            // To those, some types look another way.
            #[cfg(any(feature = "json", feature = "xml"))]
            _ => refusal(&self.find(method, &KNOWN_READABLE, Prober::readable).signature, codec),
        };
        self.refusals.get(usize::from(codec.byte()))?.get_or_init(refusal).as_deref()
    }
}

/// Why `codec` does not carry one of the types.
fn refusal(signature: &Signature, codec: Codec) -> Option<String> {
    for (place, root) in signature.crossings() {
        if let Some(why) = codec.refusal(&signature.types, root) {
            return Some(format!("{place}: {why}"));
        }
    }
    None
}

impl fmt::Debug for MethodSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MethodSchema").field("found", &self.found.get().is_some()).finish()
    }
}

impl Describer {
    fn new(method: &'static MethodDescriptor, prober: Prober) -> Self {
        let descriptions = Descriptions::default();
        Self {
            method,
            prober,
            descriptions,
            arguments: Vec::new(),
            streams: Vec::new(),
            outcome: None,
            error: None,
        }
    }

    /// What types are found with.
    pub fn prober(&mut self) -> &mut Prober {
        &mut self.prober
    }

    /// What types say of themselves.
    pub fn descriptions(&mut self) -> &mut Descriptions {
        &mut self.descriptions
    }

    /// The next argument that travels with the call is of this type.
    pub fn argument(&mut self, argument: TypeRef) {
        self.arguments.push(argument);
    }

    /// The next argument stream has items of this type, and may end with this error.
    pub fn argument_stream(&mut self, (item, error): (TypeRef, Option<TypeRef>)) {
        let name = self.method.argument_streams.get(self.streams.len()).copied().unwrap_or_default();
        self.streams.push(stream(name, item, error));
    }

    /// The method gives one value of this type.
    pub fn value(&mut self, value: TypeRef) {
        self.outcome = Some(Outcome::Value(value));
    }

    /// The method gives a stream of these items.
    pub fn result_stream(&mut self, (item, error): (TypeRef, Option<TypeRef>)) {
        self.outcome = Some(Outcome::Stream(stream("", item, error)));
    }

    /// The method's own errors have this type.
    pub fn error(&mut self, error: TypeRef) {
        self.error = Some(error);
    }

    fn finish(self) -> (Found, Prober) {
        let Self { method, prober, descriptions, mut arguments, mut streams, outcome, mut error } = self;
        let no_outcome = outcome.is_none();
        let mut outcome = outcome.unwrap_or(Outcome::Value(TypeRef::new(0)));
        let mut roots: Vec<_> = arguments.iter_mut().chain(error.as_mut()).collect();
        for stream in &mut streams {
            roots.extend(std::iter::once(&mut stream.item).chain(stream.error.as_mut()));
        }
        match &mut outcome {
            Outcome::Value(_) if no_outcome => {}
            Outcome::Value(value) => roots.push(value),
            Outcome::Stream(stream) => {
                roots.extend(std::iter::once(&mut stream.item).chain(stream.error.as_mut()))
            }
        }
        let (mut types, problems) = prober.part(&mut roots, &descriptions);
        if no_outcome {
            outcome = Outcome::Value(types.add(Shape::Unit));
        }
        let problem = problems.first().map(ToString::to_string);
        let mut signature = Signature::new(method.to_string(), types, outcome);
        let arguments = method.arguments.iter().zip(arguments).map(|(known, shape)| {
            let mut argument = Argument::new(known.name, shape);
            argument.aliases = known.aliases.iter().map(|&alias| alias.to_owned()).collect();
            argument.optional = known.default;
            argument
        });
        signature.arguments = arguments.collect();
        signature.streams = streams;
        signature.error = error;
        // There are no types but those that the method stands on.
        let needs_names = signature.types.iter().any(|(_, shape)| shape.needs_names());
        (Found { fingerprint: OnceLock::new(), needs_names, problem, signature }, prober)
    }
}

fn stream(name: &str, item: TypeRef, error: Option<TypeRef>) -> StreamSignature {
    let mut stream = StreamSignature::new(name, item);
    stream.error = error;
    stream
}

/// A `T` that crosses as `P`, to be described. What `T` lacks is reported where values are encoded and decoded: here the
/// trait's method steps in, so that rustc does not say everything twice.
pub struct Described<T, P>(P, PhantomData<fn() -> T>);

impl<T, P> Described<T, P> {
    pub fn new(payload: P) -> Self {
        Self(payload, PhantomData)
    }
}

impl<T, P: DecodeField<'static, T> + EncodePayload<T>> Described<T, P> {
    pub fn __farcall_probe(&self, prober: &mut Prober) -> TypeRef {
        prober.probe_payload::<T, P>(self.0)
    }
}

/// For what cannot be described.
pub trait NotDescribed {
    fn __farcall_probe(&self, prober: &mut Prober) -> TypeRef {
        prober.opaque(std::any::type_name::<Self>(), "it is not serde data")
    }
}

impl<T, P> NotDescribed for Described<T, P> {}

/// A `T` that may say something of itself.
pub struct Noted<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> Noted<T> {
    #[allow(clippy::new_without_default, reason = "generated code makes it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Describe + ?Sized> Noted<T> {
    pub fn __farcall_note(&self, descriptions: &mut Descriptions) {
        T::describe(descriptions);
    }
}

/// For what says nothing of itself.
pub trait NotNoted {
    fn __farcall_note(&self, _: &mut Descriptions) {}
}

impl<T: ?Sized> NotNoted for Noted<T> {}

/// Items of a stream, to be described.
pub struct DescribedItems<I>(I);

impl<I> DescribedItems<I> {
    pub fn new(items: I) -> Self {
        Self(items)
    }
}

impl<I: DescribeItems> DescribedItems<I> {
    pub fn __farcall_probe_items(&self, prober: &mut Prober) -> (TypeRef, Option<TypeRef>) {
        self.0.describe(prober)
    }
}

/// For items that cannot be described.
pub trait ItemsNotDescribed {
    fn __farcall_probe_items(&self, prober: &mut Prober) -> (TypeRef, Option<TypeRef>) {
        (prober.opaque(std::any::type_name::<Self>(), "it is not serde data"), None)
    }
}

impl<I> ItemsNotDescribed for DescribedItems<I> {}

/// How the items of a stream cross, both ways.
pub trait DescribeItems: Copy {
    /// The types of its items and of the error that ends it.
    fn describe(self, prober: &mut Prober) -> (TypeRef, Option<TypeRef>);
}

/// Adds what types say of themselves, if they do: `note!(describer.descriptions(), T, U)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __note {
    ($descriptions:expr, $($type:ty),* $(,)?) => {{
        #[allow(unused_imports, reason = "what says something needs no trait")]
        use $crate::generated::NotNoted as _;
        $($crate::generated::Noted::<$type>::new().__farcall_note($descriptions);)*
    }};
}

/// The type of a value that crosses in such a way: `describe!(describer, T, payload)`, or `describe!(describer, items)` for
/// the items of a stream.
#[doc(hidden)]
#[macro_export]
macro_rules! __describe {
    ($describer:expr, $type:ty, $payload:expr) => {{
        #[allow(unused_imports, reason = "what can be described needs no trait")]
        use $crate::generated::NotDescribed as _;
        $crate::generated::Described::<$type, _>::new($payload)
            .__farcall_probe($crate::generated::Describer::prober($describer))
    }};
    ($describer:expr, $items:expr) => {{
        #[allow(unused_imports, reason = "what can be described needs no trait")]
        use $crate::generated::ItemsNotDescribed as _;
        $crate::generated::DescribedItems::new($items)
            .__farcall_probe_items($crate::generated::Describer::prober($describer))
    }};
}
