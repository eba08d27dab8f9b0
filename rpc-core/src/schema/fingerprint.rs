//! One number for what a method takes and gives.

use crate::ordering;
use std::collections::HashMap;

use super::classes::Classes;
use super::parts::{self, Detail, Part, UNKNOWN};
use super::{Outcome, ServiceSignature, Signature, StreamSignature, TypeRef};
use crate::wire::varint;
use crate::wire_id::{fnv1a, wire_id};

/// The first byte of every canonical form, so that a later one cannot be taken for this.
const VERSION: u8 = 1;

/// Begins a reference to a type that has been written before.
const BACK: u8 = 0;

impl Signature {
    /// A number that two sides compare before they send positional bodies: FNV-1a, 64 bits, over the canonical form of
    /// `docs/wire.md` §5. Never 0, which means "not given" on the wire.
    ///
    /// It is the same exactly if values have the same positional bytes under the same names, but for a collision, which has
    /// a chance of one in 2^64: two types count as one if nobody who follows their references can tell them apart, so it
    /// does not matter in which order [`Types`](super::Types) hold them, how often, how far a recursive type is unrolled, or
    /// at which of its types it is entered. Nor do Rust paths matter, aliases, whether something may be missing, or the
    /// method's own name.
    ///
    /// It is no defence against forgery. A peer that lies about it only harms its own calls.
    ///
    /// ```
    /// use rpc_core::schema::{Argument, Number, Outcome, Shape, Signature, Types};
    ///
    /// let mut types = Types::default();
    /// let number = types.add(Shape::Number(Number::I64));
    /// let mut add = Signature::new("Calculator.add", types, Outcome::Value(number));
    /// add.arguments = vec![Argument::new("a", number), Argument::new("b", number)];
    /// let before = add.fingerprint();
    /// add.arguments[1].name = "c".to_owned();
    /// assert_ne!(add.fingerprint(), before);
    /// ```
    pub fn fingerprint(&self) -> u64 {
        fnv1a(&self.canonical_form()).max(1)
    }

    /// Whether positional codecs cannot carry all values of this method, so that the named form is used between equal
    /// signatures too: a field may be left out (`skip_serializing_if`), a variant is skipped so that those behind it
    /// have another number where they are read, or there is a type that only says in its bytes what it is. A type that could
    /// not be found out counts as such, because equal names do not make it equal.
    ///
    /// Equal fingerprints have equal answers, so two sides that compare those agree on the form.
    pub fn needs_names(&self) -> bool {
        let mut seen = vec![false; self.types.len()];
        let mut open = self.roots();
        while let Some(which) = open.pop() {
            let index = usize::try_from(which.index()).unwrap_or(usize::MAX);
            if seen.get_mut(index).is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            let Some(shape) = self.types.get(which) else { continue };
            if shape.needs_names() {
                return true;
            }
            open.extend(parts::references(shape));
        }
        false
    }

    /// Every type that this names itself.
    pub(super) fn roots(&self) -> Vec<TypeRef> {
        let mut roots: Vec<_> = self.arguments.iter().map(|argument| argument.shape).collect();
        let streams = self.streams.iter().chain(match &self.outcome {
            Outcome::Stream(stream) => Some(stream),
            Outcome::Value(_) => None,
        });
        roots.extend(streams.flat_map(|stream| [Some(stream.item), stream.error]).flatten());
        if let Outcome::Value(which) = self.outcome {
            roots.push(which);
        }
        roots.extend(self.error);
        roots
    }

    /// What the fingerprint is made from.
    pub(super) fn canonical_form(&self) -> Vec<u8> {
        let mut form = Form {
            signature: self,
            classes: Classes::new([&self.types], Detail::Wire),
            numbers: HashMap::new(),
            out: vec![VERSION],
        };
        form.count(self.arguments.len());
        for argument in &self.arguments {
            form.text(&argument.name);
            form.write(argument.shape);
        }
        form.count(self.streams.len());
        for stream in &self.streams {
            form.text(&stream.name);
            form.stream(stream);
        }
        match &self.outcome {
            Outcome::Value(which) => form.some(false, *which),
            Outcome::Stream(stream) => {
                form.out.push(1);
                form.stream(stream);
            }
        }
        form.optional(self.error);
        form.out
    }
}

impl ServiceSignature {
    /// One number for all methods: FNV-1a over the ids and fingerprints of its methods, in the order of their ids, so that
    /// the order in the trait does not matter. Never 0.
    pub fn fingerprint(&self) -> u64 {
        let mut bytes = Vec::new();
        for position in ordering::positions(self.methods.iter().map(|method| wire_id(&method.method))) {
            if let Some(method) = self.methods.get(position) {
                bytes.extend(wire_id(&method.method).to_le_bytes());
                bytes.extend(method.fingerprint().to_le_bytes());
            }
        }
        fnv1a(&bytes).max(1)
    }
}

struct Form<'a> {
    signature: &'a Signature,
    classes: Classes,
    /// The number of each class that has been written, in order of appearance.
    numbers: HashMap<usize, usize>,
    out: Vec<u8>,
}

impl Form<'_> {
    fn count(&mut self, count: usize) {
        varint::encode(count as u64, &mut self.out);
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.out.extend_from_slice(text.as_bytes());
    }

    fn some(&mut self, there: bool, which: TypeRef) {
        self.out.push(u8::from(there));
        self.write(which);
    }

    fn optional(&mut self, which: Option<TypeRef>) {
        match which {
            None => self.out.push(0),
            Some(which) => self.some(true, which),
        }
    }

    fn stream(&mut self, stream: &StreamSignature) {
        self.write(stream.item);
        self.optional(stream.error);
    }

    /// Writes a type. The pieces that wait are on a stack of its own: a peer decides how deep its types nest.
    fn write(&mut self, which: TypeRef) {
        let types = &self.signature.types;
        let mut open = vec![Part::Type(which)];
        while let Some(part) = open.pop() {
            let which = match part {
                Part::Byte(byte) => {
                    self.out.push(byte);
                    continue;
                }
                Part::Count(count) => {
                    self.count(count);
                    continue;
                }
                Part::Text(text) => {
                    self.text(text);
                    continue;
                }
                Part::Type(which) => which,
            };
            let Some(shape) = types.get(which) else {
                self.out.push(UNKNOWN);
                continue;
            };
            if !parts::is_plain(shape) {
                let class = self.classes.of(0, types, which);
                if let Some(number) = self.numbers.get(&class).copied() {
                    self.out.push(BACK);
                    self.count(number);
                    continue;
                }
                self.numbers.insert(class, self.numbers.len());
            }
            let end = open.len();
            parts::each(shape, Detail::Wire, &mut |part| open.push(part));
            if let Some(parts) = open.get_mut(end..) {
                parts.reverse();
            }
        }
    }
}
