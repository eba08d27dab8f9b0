//! Every codec that writes names, open for one value.

use super::sink::Sink;
use super::source::Source;
#[cfg(feature = "json")]
use crate::codec::json;
use crate::codec::output::Output;
#[cfg(feature = "xml")]
use crate::codec::xml;
use crate::codec::{Codec, compact};

pub(super) enum Writer<'o, 'a> {
    Compact(compact::Writer<'o, 'a>),
    #[cfg(feature = "json")]
    Json(json::Writer<'o, 'a>),
    #[cfg(feature = "xml")]
    Xml(xml::Writer<'o, 'a>),
}

pub(super) enum Reader<'de> {
    Compact(compact::Reader<'de>),
    #[cfg(feature = "json")]
    Json(json::Reader<'de>),
    #[cfg(feature = "xml")]
    Xml(xml::Reader<'de>),
}

impl<'o, 'a> Writer<'o, 'a> {
    pub(super) fn new(codec: Codec, output: &'o mut Output<'a>) -> Self {
        match codec {
            // Postcard has a way of its own, and does not come here.
            Codec::Postcard | Codec::Compact => Self::Compact(compact::Writer::new(output)),
            #[cfg(feature = "json")]
            Codec::Json => Self::Json(json::Writer::new(output)),
            #[cfg(feature = "xml")]
            Codec::Xml => Self::Xml(xml::Writer::new(output)),
        }
    }

    pub(super) fn sink(&mut self) -> &mut dyn Sink {
        match self {
            Self::Compact(writer) => writer,
            #[cfg(feature = "json")]
            Self::Json(writer) => writer,
            #[cfg(feature = "xml")]
            Self::Xml(writer) => writer,
        }
    }
}

impl<'de> Reader<'de> {
    pub(super) fn new(codec: Codec, input: &'de [u8]) -> Self {
        match codec {
            Codec::Postcard | Codec::Compact => Self::Compact(compact::Reader::new(input)),
            #[cfg(feature = "json")]
            Codec::Json => Self::Json(json::Reader::new(input)),
            #[cfg(feature = "xml")]
            Codec::Xml => Self::Xml(xml::Reader::new(input)),
        }
    }

    pub(super) fn source(&mut self) -> &mut dyn Source<'de> {
        match self {
            Self::Compact(reader) => reader,
            #[cfg(feature = "json")]
            Self::Json(reader) => reader,
            #[cfg(feature = "xml")]
            Self::Xml(reader) => reader,
        }
    }
}
