use std::num::NonZero;
use std::sync::OnceLock;

/// How many processors this program may use, as it was when this was first asked.
pub(super) fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| std::thread::available_parallelism().map_or(1, NonZero::get))
}
