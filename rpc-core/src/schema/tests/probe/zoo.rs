//! Types of the standard library and of others, against golden files.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::{NonZeroI64, NonZeroU8, Wrapping};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::golden::{compare, zoo};

#[test]
fn types_of_the_standard_library() {
    let text = zoo! {
        bool, i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, f32, f64, char, String, (),
        Box<str>, &'static str, &'static [u8], Vec<u8>, Vec<String>, VecDeque<i8>, BTreeSet<u32>,
        Option<u8>, Option<Vec<Option<i8>>>, HashMap<String, u64>, HashMap<(u8, u8), Vec<u8>>,
        (u8, String), [u8; 4], [[i16; 2]; 3], [u8; 32], Box<u8>, std::cell::RefCell<u8>,
        NonZeroU8, NonZeroI64, Option<NonZeroU8>, Wrapping<u16>, std::cmp::Reverse<u8>, std::ops::Range<u32>,
        std::ops::RangeInclusive<i8>, std::ops::Bound<u8>, Duration, SystemTime, IpAddr, Ipv4Addr, SocketAddr,
        PathBuf, std::ffi::OsString, std::ffi::CString, Result<u8, String>, std::marker::PhantomData<u8>,
        std::sync::Mutex<u8>, std::borrow::Cow<'static, str>, std::sync::atomic::AtomicU16,
        crate::RpcError, crate::Limits,
    };
    compare("std.txt", &text);
}
