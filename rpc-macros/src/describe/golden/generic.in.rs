/// A page of a list.
///
/// The last one has no `next`.
#[serde(rename_all = "camelCase")]
#[describe(crate = rpc)]
pub struct Page<'a, T: Clone, const N: usize>
where
    T: Default,
{
    /// What stands on it.
    items: Vec<T>,
    #[describe(number = 7)]
    next: Option<&'a str>,
    #[serde(skip)]
    cache: Cache,
    blocks: [u8; N],
}
