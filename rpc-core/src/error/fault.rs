use super::Code;

/// Who has to act so that the call succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The caller: its arguments, its rights, its configuration, or a method that the service does not have.
    Caller,
    /// The handler of the called service.
    Handler,
    /// The peer broke the protocol, or sent what cannot be decoded.
    Peer,
    /// Nobody in particular: the network, a restart, load, time.
    Environment,
}

impl Fault {
    /// Whose fault a code usually is; what an error from the wire says when nothing more exact is known.
    pub(crate) fn of(code: Code) -> Self {
        match code {
            Code::InvalidArgument
            | Code::NotFound
            | Code::AlreadyExists
            | Code::PermissionDenied
            | Code::FailedPrecondition
            | Code::OutOfRange
            | Code::Unimplemented
            | Code::Unauthenticated
            | Code::Cancelled => Self::Caller,
            Code::Unknown | Code::Internal => Self::Handler,
            Code::DataLoss => Self::Peer,
            Code::DeadlineExceeded | Code::ResourceExhausted | Code::Aborted | Code::Unavailable => {
                Self::Environment
            }
        }
    }
}
