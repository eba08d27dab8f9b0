//! A type, and how it crosses, without being generic: all that is compiled anew for each is in here.

use std::any::{TypeId, type_name};
use std::marker::PhantomData;

use bytes::Bytes;

use super::check::Findings;
use super::deserializer::Probe;
use super::error::ProbeError;
use super::graph::At;
use super::recorder::Recorder;
use super::run::{Mode, Run};
use crate::generated::{DecodeField, EncodePayload};
use crate::schema::TypeRef;

pub(super) trait Crossing {
    /// The type.
    fn type_id(&self) -> TypeId;

    /// As `std::any::type_name`.
    fn type_name(&self) -> &'static str;

    /// Reads a value, which is thrown away.
    fn read(&self, run: &mut Run) -> Result<(), ProbeError>;

    /// Makes a value, which is of the type `root`, and looks how it is written.
    fn write(&self, run: &mut Run, findings: &mut Findings, root: TypeRef) -> Result<(), ProbeError>;
}

pub(super) struct Crosses<T, P>(pub(super) P, pub(super) PhantomData<fn() -> T>);

/// No message is there to lend from.
static NO_BODY: Bytes = Bytes::new();

impl<T, P> Crosses<T, P>
where
    P: DecodeField<'static, T>,
{
    fn value(&self, run: &mut Run, mode: Mode) -> Result<T, ProbeError> {
        self.0.decode_field(&NO_BODY, Probe { run, mode, at: At::Root })
    }
}

impl<T, P> Crossing for Crosses<T, P>
where
    P: DecodeField<'static, T> + EncodePayload<T>,
{
    fn type_id(&self) -> TypeId {
        typeid::of::<T>()
    }

    fn type_name(&self) -> &'static str {
        type_name::<T>()
    }

    fn read(&self, run: &mut Run) -> Result<(), ProbeError> {
        self.value(run, Mode::Explore).map(drop)
    }

    fn write(&self, run: &mut Run, findings: &mut Findings, root: TypeRef) -> Result<(), ProbeError> {
        let value = self.value(run, Mode::Build)?;
        let recorder = Recorder {
            graph: &run.graph,
            findings,
            readable: run.readable,
            expected: Some(root),
            within: None,
            is_byte: false,
        };
        // What was found before an error counts as well.
        let _written = self.0.encode(&value, recorder);
        Ok(())
    }
}
