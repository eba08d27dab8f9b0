use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::driver::Connection;
use crate::generated::MethodDescriptor;
use crate::proto::ServedCall;
use crate::stream::{Broken, ItemSource, ResultSink};

/// The streams of a call, until its dispatcher takes them.
pub(crate) struct Streams {
    /// By number.
    arguments: Mutex<Vec<Option<ItemSource>>>,
    result: Mutex<Option<ResultSink>>,
    /// Where the argument streams say that they broke, and the handler's future looks.
    pub(super) broken: Arc<Broken>,
}

impl Streams {
    /// The argument streams of a call in their order, and its result stream.
    pub(crate) fn new(arguments: Vec<ItemSource>, result: Option<ResultSink>) -> Box<Self> {
        let arguments = arguments.into_iter().map(Some).collect();
        Box::new(Self {
            arguments: Mutex::new(arguments),
            result: Mutex::new(result),
            broken: Arc::default(),
        })
    }

    /// Those of a call that came over `connection`; `None` for a unary one.
    pub(crate) fn remote(
        method: &'static MethodDescriptor,
        connection: &Arc<Connection>,
        call: ServedCall,
    ) -> Option<Box<Self>> {
        let kind = method.kind;
        if !kind.has_argument_streams() && !kind.has_result_stream() {
            return None;
        }
        let arguments = (0..).take(method.argument_streams.len()).map(|stream| ItemSource::Remote {
            connection: Arc::clone(connection),
            call,
            stream,
            over: false,
        });
        let result =
            kind.has_result_stream().then(|| ResultSink::Remote { connection: Arc::clone(connection), call });
        Some(Self::new(arguments.collect(), result))
    }

    /// The argument stream of this number; `None` if there is no such, or it was taken before.
    pub(super) fn take_argument(&self, number: u32) -> Option<ItemSource> {
        lock(&self.arguments).get_mut(number as usize).and_then(Option::take)
    }

    /// The result stream; `None` if there is none, or it was taken before.
    pub(super) fn take_result(&self) -> Option<ResultSink> {
        lock(&self.result).take()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
