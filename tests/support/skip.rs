/// Ends a test that this machine cannot run, and says why. Under `FARCALL_NO_SKIP=1` that is a failure.
macro_rules! skip {
    ($($why:tt)+) => {{
        let why = format!($($why)+);
        let allowed = std::env::var_os("FARCALL_NO_SKIP").is_none_or(|value| value != "1");
        assert!(allowed, "skipped under FARCALL_NO_SKIP=1: {why}");
        println!("skipped: {why}");
        return;
    }};
}
pub(crate) use skip;
