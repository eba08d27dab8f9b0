//! Sorting, compiled once: the standard library's code for it is long, and made again for every type.

/// The positions of these numbers, those of the least first; of equal numbers the first one first.
pub(crate) fn positions(numbers: impl Iterator<Item = u64>) -> Vec<usize> {
    let mut order: Vec<(u64, usize)> = numbers.zip(0..).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, position)| position).collect()
}
