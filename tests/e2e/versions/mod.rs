//! Two versions of one trait, each as client and as server, over each codec: `docs/evolution.md` has the table of what
//! comes of it, which is compared with what really comes of it here.

mod arguments;
mod fields;
mod harness;
mod methods;
mod outcomes;
mod table;
mod variants;
