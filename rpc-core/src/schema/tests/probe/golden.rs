//! Shapes of many types, as text in a file.

/// Each type, and what is found of it.
macro_rules! zoo {
    ($($type:ty),* $(,)?) => {{
        let mut text = String::new();
        $( text += &format!("## {}\n{}\n", stringify!($type), $crate::schema::tests::probe::show::<$type>()); )*
        text
    }};
}
pub(super) use zoo;

pub(super) fn compare(name: &str, actual: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema/tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(recorded == actual, "{} is out of date (UPDATE_GOLDEN=1 writes it):\n{actual}", path.display());
}
