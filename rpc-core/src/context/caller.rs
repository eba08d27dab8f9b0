use std::sync::Arc;

use crate::driver::Connection;
use crate::{Channel, Identity};

/// Where a call came from.
#[derive(Clone, Default)]
pub(crate) enum Caller {
    /// Nowhere: the context is not of a call.
    #[default]
    Nobody,
    /// This process, with no connection between.
    Local,
    /// The other end of this connection.
    Remote(Arc<Connection>),
}

impl Caller {
    pub(super) fn address(&self) -> Option<&str> {
        match self {
            Self::Nobody => None,
            Self::Local => Some("local"),
            Self::Remote(connection) => Some(connection.peer_address()),
        }
    }

    pub(super) fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Nobody | Self::Local => None,
            Self::Remote(connection) => connection.peer_identity(),
        }
    }

    pub(super) fn channel(&self) -> Option<Channel> {
        match self {
            Self::Nobody | Self::Local => None,
            Self::Remote(connection) if connection.peer_serves() => {
                Some(Channel::of_connection(Arc::clone(connection)))
            }
            Self::Remote(_) => None,
        }
    }
}
