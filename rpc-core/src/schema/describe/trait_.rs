use super::Descriptions;

/// A type that says of itself what serde does not know: documentation, and numbers of its fields or variants.
///
/// No type needs it. `#[derive(farcall::Describe)]` is for those who publish a schema: its documentation is shown where
/// a service describes itself, and its numbers are those of the lockfile, and so of Protobuf and Thrift.
///
/// It is found from the top down: from a type that an argument, a result, an item or an error is declared with, through
/// fields of types that derive it too, and through options, lists, sets, maps, tuples, arrays, boxes and results of such.
/// Within a type that does not derive it, it is not found: what holds the value is known as serde data alone.
///
/// ```
/// use rpc_core::schema::{Describe, Descriptions, MemberNotes, Notes, Prober};
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Point { x: f64, y: f64 }
///
/// // What the derive writes.
/// impl Describe for Point {
///     fn describe(descriptions: &mut Descriptions) {
///         descriptions.add::<Self>(|| {
///             Notes::new("A place on the board.")
///                 .with_member(MemberNotes::new("From the left.").with_number(1))
///                 .with_member(MemberNotes::new("From the top.").with_number(3))
///         });
///     }
/// }
///
/// let mut prober = Prober::new();
/// let point = prober.probe::<Point>();
/// prober.describe::<Vec<Point>>();
/// let notes = prober.finish().notes(point).cloned().unwrap_or_default();
/// assert_eq!(notes.docs, "A place on the board.");
/// assert_eq!(notes.members[1].number, Some(3));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not describe itself",
    note = "derive `farcall::Describe` for it, or leave that out where it is held"
)]
pub trait Describe {
    /// Adds what is said of this type, and of the types that it holds.
    fn describe(descriptions: &mut Descriptions);
}
