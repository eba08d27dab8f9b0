//! Text that is formatted straight into the output.

use std::fmt;

use postcard::ser_flavors::Flavor;

use crate::codec::output::Output;

pub(super) struct Text<'s, 'a> {
    pub(super) output: &'s mut Output<'a>,
    /// Whether the output had no room left: `fmt::Error` cannot say so.
    pub(super) full: bool,
}

impl fmt::Write for Text<'_, '_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.output.try_extend(part.as_bytes()).map_err(|_| {
            self.full = true;
            fmt::Error
        })
    }
}
