//! What types say of themselves beyond what they are on the wire.

mod containers;
mod descriptions;
mod notes;
mod trait_;

pub use descriptions::Descriptions;
pub use notes::{MemberNotes, Notes};
pub use trait_::Describe;
