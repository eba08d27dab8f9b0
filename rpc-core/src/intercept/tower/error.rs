use std::error::Error;
use std::fmt;

use crate::generated::MethodDescriptor;
use crate::{Code, Executed, Fault, RpcError};

type BoxError = Box<dyn Error + Send + Sync>;

/// What a caller sees of an error of tower services. Where the call was not yet begun, the chain of interceptors says so.
pub(super) fn into_rpc_error(method: &'static MethodDescriptor, error: BoxError) -> RpcError {
    let error = match error.downcast::<RpcError>() {
        Ok(error) => return *error,
        Err(error) => error,
    };
    if let Some(error) = chain(&*error).find_map(|error| error.downcast_ref::<RpcError>()) {
        return error.clone();
    }
    let (code, fault, text) = match chain(&*error).find_map(kind) {
        Some(Kind::Elapsed) => (
            Code::DeadlineExceeded,
            Fault::Environment,
            format!("`{method}` took longer than a tower layer of this side allows"),
        ),
        Some(Kind::Overloaded) => (
            Code::ResourceExhausted,
            Fault::Environment,
            format!("`{method}` was refused by a tower layer of this side: {error}"),
        ),
        None => (Code::Internal, Fault::Handler, format!("a tower layer failed `{method}`: {error}")),
    };
    RpcError::new(code, text).with_executed(Executed::Maybe).with_fault(fault).with_source(LayerError(error))
}

enum Kind {
    Elapsed,
    Overloaded,
}

fn kind(error: &(dyn Error + 'static)) -> Option<Kind> {
    // A derived `Debug` begins with the name of the type, and tower's own say no more than that.
    let debug = format!("{error:?}");
    match debug.split(|letter: char| !letter.is_alphanumeric()).next() {
        Some("Elapsed") => Some(Kind::Elapsed),
        Some("Overloaded") => Some(Kind::Overloaded),
        _ => None,
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// A boxed error is none itself.
#[derive(Debug)]
struct LayerError(BoxError);

impl fmt::Display for LayerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for LayerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::{BoxError, into_rpc_error};
    use crate::generated::MethodDescriptor;
    use crate::{Code, Executed, RpcError};

    static METHOD: MethodDescriptor = MethodDescriptor::new(("Work", 1), ("add", 2), "");

    #[derive(Debug, thiserror::Error)]
    #[error("wrapped")]
    struct Wrapped(#[source] BoxError);

    fn wrapped(error: impl Into<BoxError>) -> BoxError {
        Box::new(Wrapped(error.into()))
    }

    fn of(error: impl Into<BoxError>) -> RpcError {
        into_rpc_error(&METHOD, error.into())
    }

    #[test]
    fn each_kind_of_error_has_its_code() {
        let error = of(tower::timeout::error::Elapsed::new());
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
        assert_eq!(of(tower::load_shed::error::Overloaded::new()).code(), Code::ResourceExhausted);
        let error = of("out of paper");
        assert_eq!(error.code(), Code::Internal);
        assert!(error.message().contains("Work.add") && error.message().ends_with("out of paper"), "{error}");
        assert!(error.source().is_some());
    }

    #[test]
    fn an_error_of_farcall_stays_what_it_is_however_deep_it_is_wrapped() {
        let inner = RpcError::new(Code::NotFound, "no account 7").with_executed(Executed::No);
        assert_eq!(of(inner.clone()), inner);
        assert_eq!(of(wrapped(wrapped(inner.clone()))), inner);
        assert_eq!(of(wrapped(tower::timeout::error::Elapsed::new())).code(), Code::DeadlineExceeded);
    }
}
