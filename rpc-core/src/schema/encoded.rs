//! Signatures as bytes.

use super::{Signature, SignatureError, validate};
use crate::codec::CodecLimits;

mod read;
mod write;

/// The first byte: which form follows. Another is of a later version.
const FORM: u8 = 1;

impl Signature {
    /// Longest form of a signature, in bytes: 256 KiB. A type with 5,000 fields of usual names has 100 KiB.
    pub const MAX_BYTES: usize = 256 << 10;

    /// As it goes to a peer: `docs/wire.md` §5.
    ///
    /// # Errors
    /// What a peer would refuse, as [`from_bytes`](Self::from_bytes) does.
    pub fn to_bytes(&self) -> Result<Vec<u8>, SignatureError> {
        validate::signature(self)?;
        let mut bytes = vec![FORM];
        write::signature(self, &mut bytes);
        if bytes.len() > Self::MAX_BYTES {
            return Err(SignatureError::TooLong { length: bytes.len(), max: Self::MAX_BYTES });
        }
        Ok(bytes)
    }

    /// Whether it holds together, wherever it comes from: what [`from_bytes`](Self::from_bytes) checks of one that was
    /// read.
    ///
    /// # Errors
    /// One that says which rule is broken, and where.
    pub fn validate(&self) -> Result<(), SignatureError> {
        validate::signature(self)
    }

    /// Reads what a peer sent. The work and the memory are in proportion to the bytes: what comes out has no type that is
    /// missing, or that contains itself without an end, no two members of one name, and no name above
    /// [`MAX_NAME`](SignatureError::MAX_NAME).
    ///
    /// Of `limits` only `max_size` counts.
    ///
    /// # Errors
    /// One that says which rule is broken, and where.
    ///
    /// ```
    /// use rpc_core::codec::CodecLimits;
    /// use rpc_core::schema::{Outcome, Shape, Signature, Types};
    ///
    /// let mut types = Types::default();
    /// let text = types.add(Shape::Text);
    /// let signature = Signature::new("Greeter.greet", types, Outcome::Value(text));
    /// let bytes = signature.to_bytes()?;
    /// assert_eq!(Signature::from_bytes(&bytes, &CodecLimits::default())?, signature);
    /// # Ok::<(), rpc_core::schema::SignatureError>(())
    /// ```
    pub fn from_bytes(bytes: &[u8], limits: &CodecLimits) -> Result<Self, SignatureError> {
        let max = limits.max_size.min(Self::MAX_BYTES);
        if bytes.len() > max {
            return Err(SignatureError::TooLong { length: bytes.len(), max });
        }
        let (form, body) = bytes.split_first().ok_or(SignatureError::Empty)?;
        if *form != FORM {
            return Err(SignatureError::Form { form: *form });
        }
        let signature = read::signature(body)?;
        validate::signature(&signature)?;
        Ok(signature)
    }
}
