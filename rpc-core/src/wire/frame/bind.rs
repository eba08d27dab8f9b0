use crate::wire::{MAX_INDEX, Reader, WireError, varint};

/// Announces the methods of a service that are going to be called (`docs/wire.md` §5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bind {
    /// Id of the service.
    pub service: u64,
    /// Codec of every body of its calls and replies.
    pub codec: u8,
    /// Number of methods that this side has bound before: index of the first of `methods`.
    pub base: u32,
    /// Ids of the methods.
    pub methods: Vec<u64>,
    /// Fingerprint of the service; 0: not given.
    pub fingerprint: u64,
    /// Fingerprint of each method, 0: not given. Empty: none is given; else as long as `methods`.
    pub signatures: Vec<u64>,
    /// The caller knows how the signatures differ: such a bind is not refused for it.
    pub compared: bool,
}

const FINGERPRINT: u8 = 1;
const SIGNATURES: u8 = 1 << 1;
const COMPARED: u8 = 1 << 2;

impl Bind {
    pub(super) fn decode(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        let service = reader.u64le()?;
        let codec = reader.u8()?;
        let base = reader.index("base")?;
        let flags = reader.flags(FINGERPRINT | SIGNATURES | COMPARED)?;
        let count = reader.count(size_of::<u64>())?;
        let methods = u64s(reader, count)?;
        let fingerprint = if flags & FINGERPRINT != 0 { reader.u64le()? } else { 0 };
        let signatures = if flags & SIGNATURES != 0 { u64s(reader, count)? } else { Vec::new() };
        let compared = flags & COMPARED != 0;
        Ok(Self { service, codec, base, methods, fingerprint, signatures, compared })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.service.to_le_bytes());
        out.push(self.codec);
        varint::encode(self.base.into(), out);
        let fingerprint = if self.fingerprint != 0 { FINGERPRINT } else { 0 };
        let signatures = if self.signatures.is_empty() { 0 } else { SIGNATURES };
        let compared = if self.compared { COMPARED } else { 0 };
        out.push(fingerprint | signatures | compared);
        varint::encode(self.methods.len() as u64, out);
        out.extend(self.methods.iter().flat_map(|id| id.to_le_bytes()));
        if self.fingerprint != 0 {
            out.extend_from_slice(&self.fingerprint.to_le_bytes());
        }
        // One for each method whatever the caller gave, or the peer could not read the frame.
        if !self.signatures.is_empty() {
            let given = self.signatures.iter().copied().chain(std::iter::repeat(0));
            out.extend(given.take(self.methods.len()).flat_map(u64::to_le_bytes));
        }
    }
}

/// The answer to a [`Bind`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// That of the bind.
    pub base: u32,
    /// 0: bound; 1: the service is not served; 2: the codec is not spoken. Other numbers are of a later version
    /// and mean that nothing was bound.
    pub status: u8,
    /// Positions in the bind of the methods that the service does not have.
    pub missing: Vec<u32>,
    /// Positions in the bind of the methods whose signature differs.
    pub differing: Vec<u32>,
    /// What this side has in their place, one for each of `differing`; empty: not given.
    pub signatures: Vec<Vec<u8>>,
}

impl Bound {
    pub(super) fn decode(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        let base = reader.index("base")?;
        let status = reader.u8()?;
        let missing = positions(reader)?;
        let differing = positions(reader)?;
        let signature = |_: &u32| reader.bytes(usize::MAX, "signature").map(<[u8]>::to_vec);
        let signatures = differing.iter().map(signature).collect::<Result<_, _>>()?;
        Ok(Self { base, status, missing, differing, signatures })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        varint::encode(self.base.into(), out);
        out.push(self.status);
        for positions in [&self.missing, &self.differing] {
            varint::encode(positions.len() as u64, out);
            for position in positions {
                varint::encode(u64::from((*position).min(MAX_INDEX)), out);
            }
        }
        // One for each of `differing` whatever the caller gave, or the peer could not read the frame.
        let given = self.signatures.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
        for signature in given.take(self.differing.len()) {
            varint::encode(signature.len() as u64, out);
            out.extend_from_slice(signature);
        }
    }
}

fn u64s(reader: &mut Reader<'_>, count: usize) -> Result<Vec<u64>, WireError> {
    let bytes = reader.take(count.saturating_mul(size_of::<u64>()))?;
    let (ids, _) = bytes.as_chunks();
    Ok(ids.iter().map(|id| u64::from_le_bytes(*id)).collect())
}

fn positions(reader: &mut Reader<'_>) -> Result<Vec<u32>, WireError> {
    let count = reader.count(1)?;
    // `collect` through `Result` makes room as the positions are read, so at most eight bytes for each that came.
    (0..count).map(|_| reader.index("position")).collect()
}
