use super::Closed;
use crate::Limits;
use crate::codec::Codec;
use crate::server::Router;
use crate::wire::{Close, CloseCode, Frame, Hello};

/// What the peer said in its hello that bounds what we send, beside our own limits.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub(crate) max_frame: usize,
    pub(crate) max_message: usize,
    pub(crate) max_calls: usize,
    pub(crate) max_call_bytes: usize,
    pub(crate) max_assembling: usize,
    /// Both sides know streams.
    pub(crate) streams: bool,
    /// It has services of its own.
    pub(crate) serves: bool,
    /// Those that both speak, each a bit by its byte.
    codecs: u32,
}

/// What we say of ourselves. `first` is the codec of our own calls.
pub(super) fn hello(limits: &Limits, router: &Router, first: Codec) -> Hello {
    let others = Codec::ALL.iter().copied().filter(|codec| *codec != first);
    Hello {
        version_min: 1,
        version_max: 1,
        features: Hello::STREAMS | Hello::SIGNATURES,
        max_frame: limits.max_frame as u64,
        max_message: limits.max_message as u64,
        max_calls: limits.max_calls as u64,
        max_call_bytes: limits.max_call_bytes as u64,
        max_assembling: limits.max_assembling as u64,
        codecs: std::iter::once(first).chain(others).map(Codec::byte).collect(),
        services: router.ids().collect(),
    }
}

/// All that a server says to a connection for which it has no room.
pub(crate) fn refusal(limits: &Limits, text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    hello(limits, &Router::default(), Codec::Postcard).encode(&mut bytes);
    Frame::Close(Close::new(CloseCode::TooManyConnections, text)).encode(&mut bytes);
    bytes
}

impl Peer {
    /// Where both sides say how much may be in flight we keep to the smaller: our own limits bound what we queue as
    /// well. How long a body may be is the receiver's business; our own bodies are bounded where they are encoded.
    ///
    /// `wanted`: the codec of our own calls, if a peer that does not speak it is of no use.
    pub(super) fn negotiate(
        ours: &Hello,
        theirs: &Hello,
        wanted: Option<Codec>,
        limits: &Limits,
    ) -> Result<Self, Closed> {
        ours.negotiate_version(theirs)?;
        let (said, known) = (names(&ours.codecs), names(&theirs.codecs));
        if !theirs.codecs.iter().any(|codec| ours.codecs.contains(codec)) {
            let text = format!("no codec in common: this side speaks {said}, the peer {known}");
            return Err(Closed::new(CloseCode::Hello, text).lasting());
        }
        if let Some(wanted) = wanted.filter(|wanted| !theirs.codecs.contains(&wanted.byte())) {
            let text = format!(
                "the peer does not speak {wanted}, which this side asks for: this side speaks {said}, the peer {known}"
            );
            return Err(Closed::new(CloseCode::Hello, text).lasting());
        }
        let least = |own: usize, said: u64| usize::try_from(said).unwrap_or(usize::MAX).min(own);
        Ok(Self {
            max_frame: least(limits.max_frame, theirs.max_frame),
            // Calls keep the lengths of their bodies in so many bits.
            max_message: least(u32::MAX as usize, theirs.max_message),
            max_calls: least(limits.max_calls, theirs.max_calls),
            max_call_bytes: usize::try_from(theirs.max_call_bytes).unwrap_or(usize::MAX),
            max_assembling: least(limits.max_assembling, theirs.max_assembling),
            streams: ours.features & theirs.features & Hello::STREAMS != 0,
            serves: !theirs.services.is_empty(),
            codecs: (ours.codecs.iter().filter(|codec| theirs.codecs.contains(codec)))
                .fold(0, |codecs, codec| codecs | bit(*codec)),
        })
    }

    #[inline]
    pub(crate) fn speaks(&self, codec: Codec) -> bool {
        self.codecs & bit(codec.byte()) != 0
    }
}

/// That of a codec that this side knows.
const fn bit(codec: u8) -> u32 {
    1_u32.wrapping_shl(codec as u32)
}

fn names(codecs: &[u8]) -> String {
    let name = |byte: &u8| {
        Codec::from_byte(*byte).map_or_else(|| format!("codec {byte}"), |codec| codec.to_string())
    };
    // The peer's list may be as long as its hello.
    codecs.iter().take(16).map(name).collect::<Vec<_>>().join(", ")
}
