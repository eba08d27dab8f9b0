//! What two sides make of one method.

use std::fmt;

use super::{Difference, Grade, Side, differences};
use crate::schema::{Signature, words};

/// Whether a caller with one version of a method can call a callee with another, and what differs.
///
/// Its `Display` is one sentence, which names the first difference that breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compatibility {
    method: String,
    equal: bool,
    differences: Vec<Difference>,
}

impl Signature {
    /// What becomes of calls from `caller` to `callee`, two versions of one method, where their bodies are in the named form.
    ///
    /// Arguments and argument streams are written by the caller; the result, its items and errors by the callee. Arguments
    /// match by name and by the callee's aliases; one that the caller does not send has to be optional at the callee, and
    /// one that the callee does not know is ignored. Argument streams have numbers on the wire, so they have to keep names and
    /// order. A value can neither become a stream nor a stream a value.
    ///
    /// The work is bounded, whatever a peer made of its types: methods whose types are too large to be compared do not match.
    ///
    /// ```
    /// use rpc_core::schema::{Argument, Number, Outcome, Shape, Signature, Types};
    ///
    /// let divide = |b: Shape| {
    ///     let mut types = Types::default();
    ///     let result = types.add(Shape::Number(Number::I64));
    ///     let b = types.add(b);
    ///     let mut signature = Signature::new("Calculator.divide", types, Outcome::Value(result));
    ///     signature.arguments = vec![Argument::new("a", result), Argument::new("b", b)];
    ///     signature
    /// };
    /// let (here, there) = (divide(Shape::Number(Number::I64)), divide(Shape::Text));
    /// let compatibility = Signature::compatibility(&here, &there);
    /// assert!(!compatibility.is_compatible());
    /// assert_eq!(
    ///     compatibility.to_string(),
    ///     "`Calculator.divide` cannot be called: argument `b` is i64 here and String at the server"
    /// );
    /// ```
    pub fn compatibility(caller: &Self, callee: &Self) -> Compatibility {
        let equal = caller.fingerprint() == callee.fingerprint();
        let differences = if equal { Vec::new() } else { differences(&Side::of(caller), &Side::of(callee)) };
        Compatibility { method: words::name(&caller.method), equal, differences }
    }
}

impl Compatibility {
    /// Whether both have the same fingerprint; then nothing differs, and bodies may be positional.
    pub fn is_equal(&self) -> bool {
        self.equal
    }

    /// Whether calls may be made: nothing breaks.
    pub fn is_compatible(&self) -> bool {
        self.breaks().next().is_none()
    }

    /// What differs, the worst first. Of each [`Grade`] 32 at most are kept.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// The name of the method, `Service.method`.
    pub fn method(&self) -> &str {
        &self.method
    }

    fn breaks(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|difference| difference.grade.breaks())
    }
}

impl fmt::Display for Compatibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut breaks = self.breaks();
        if let Some(first) = breaks.next() {
            write!(f, "`{}` cannot be called: {first}", self.method)?;
            return match breaks.count() {
                0 => Ok(()),
                1 => f.write_str(", and 1 more difference"),
                more => write!(f, ", and {more} more differences"),
            };
        }
        let risks = self.differences.iter().find(|difference| difference.grade != Grade::Works);
        match (risks, self.equal) {
            (_, true) => write!(f, "`{}` is the same on both sides", self.method),
            (None, false) => write!(f, "`{}` differs, and can be called", self.method),
            (Some(risk), false) => write!(f, "`{}` can be called: {risk}", self.method),
        }
    }
}
