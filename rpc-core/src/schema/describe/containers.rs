//! Types through which those that describe themselves are found.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use super::{Describe, Descriptions};

macro_rules! say_nothing {
    ($($type:ty)*) => {
        $(impl Describe for $type {
            fn describe(_: &mut Descriptions) {}
        })*
    };
}

say_nothing! {
    bool char str String u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bytes::Bytes
    std::time::Duration std::time::SystemTime
}

macro_rules! hold {
    ($([$($parameters:tt)*] $type:ty: $($held:ident)*;)*) => {
        $(impl<$($parameters)*> Describe for $type {
            fn describe(descriptions: &mut Descriptions) {
                $($held::describe(descriptions);)*
            }
        })*
    };
}

hold! {
    [T: Describe + ?Sized] &T: T;
    [T: Describe + ?Sized] Box<T>: T;
    [T: Describe + ?Sized] Rc<T>: T;
    [T: Describe + ?Sized] Arc<T>: T;
    [T: Describe + ToOwned + ?Sized] Cow<'_, T>: T;
    [T: Describe] [T]: T;
    [T: Describe, const N: usize] [T; N]: T;
    [T: Describe] Option<T>: T;
    [T: Describe] Vec<T>: T;
    [T: Describe] VecDeque<T>: T;
    [T: Describe] LinkedList<T>: T;
    [T: Describe] BinaryHeap<T>: T;
    [T: Describe] BTreeSet<T>: T;
    [T: Describe, S] HashSet<T, S>: T;
    [K: Describe, V: Describe] BTreeMap<K, V>: K V;
    [K: Describe, V: Describe, S] HashMap<K, V, S>: K V;
    [T: Describe, E: Describe] Result<T, E>: T E;
    [A: Describe] (A,): A;
    [A: Describe, B: Describe] (A, B): A B;
    [A: Describe, B: Describe, C: Describe] (A, B, C): A B C;
    [A: Describe, B: Describe, C: Describe, D: Describe] (A, B, C, D): A B C D;
    [A: Describe, B: Describe, C: Describe, D: Describe, E: Describe] (A, B, C, D, E): A B C D E;
    [A: Describe, B: Describe, C: Describe, D: Describe, E: Describe, F: Describe] (A, B, C, D, E, F): A B C D E F;
}

impl Describe for () {
    fn describe(_: &mut Descriptions) {}
}

impl<T: ?Sized> Describe for PhantomData<T> {
    fn describe(_: &mut Descriptions) {}
}
