//! Where postcard writes to: the caller's buffer, up to the limit.

use postcard::ser_flavors::Flavor;

/// The end of a buffer to which a value is appended. Unless it is kept, the buffer is cut back when this is dropped:
/// after an error, and after a panic in a `Serialize` implementation.
pub(super) struct Output<'a> {
    buffer: &'a mut Vec<u8>,
    start: usize,
    end: usize,
    kept: bool,
}

impl<'a> Output<'a> {
    pub(super) fn new(buffer: &'a mut Vec<u8>, max_size: usize) -> Self {
        let start = buffer.len();
        Self { start, end: start.saturating_add(max_size), kept: false, buffer }
    }

    /// The length of the buffer, with what was in it before.
    #[inline]
    pub(super) fn position(&self) -> usize {
        self.buffer.len()
    }

    #[inline]
    pub(super) fn written(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }

    /// Moves the last `length` bytes in front of everything that was written since `start`.
    pub(super) fn move_to(&mut self, start: usize, length: usize) {
        if let Some(part) = self.buffer.get_mut(self.start.saturating_add(start)..)
            && length <= part.len()
        {
            part.rotate_right(length);
        }
    }

    pub(super) fn keep(&mut self) {
        self.kept = true;
    }
}

impl Drop for Output<'_> {
    fn drop(&mut self) {
        if !self.kept {
            self.buffer.truncate(self.start);
        }
    }
}

impl Flavor for Output<'_> {
    type Output = ();

    #[inline]
    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        // Most varints are one byte, which costs less without a copy of unknown length.
        if let [byte] = data {
            return self.try_push(*byte);
        }
        if data.len() > self.end.saturating_sub(self.buffer.len()) {
            return Err(postcard::Error::SerializeBufferFull);
        }
        self.buffer.extend_from_slice(data);
        Ok(())
    }

    #[inline]
    fn try_push(&mut self, data: u8) -> postcard::Result<()> {
        if self.buffer.len() >= self.end {
            return Err(postcard::Error::SerializeBufferFull);
        }
        self.buffer.push(data);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}
