use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{SPARE, SortedQueue};

#[derive(Clone, Debug)]
enum Step {
    Insert(u8),
    Append,
    Remove(u8),
    RemoveFirst,
    ExtractOdd,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        1 => any::<u8>().prop_map(Step::Insert),
        4 => Just(Step::Append),
        4 => any::<u8>().prop_map(Step::Remove),
        1 => Just(Step::RemoveFirst),
        1 => Just(Step::ExtractOdd),
    ];
    prop::collection::vec(step, 0..400)
}

proptest! {
    #[test]
    fn does_what_a_map_does(steps in steps()) {
        let (mut queue, mut map) = (SortedQueue::default(), BTreeMap::<u64, usize>::new());
        for (value, step) in steps.into_iter().enumerate() {
            match step {
                Step::Insert(key) => {
                    let key = u64::from(key);
                    prop_assert_eq!(queue.insert(key, value), map.insert(key, value));
                }
                Step::Append => {
                    let key = map.last_key_value().map_or(0, |(last, _)| last + 1);
                    prop_assert_eq!(queue.insert(key, value), map.insert(key, value));
                }
                Step::Remove(key) => {
                    let key = u64::from(key);
                    prop_assert_eq!(queue.remove(key), map.remove(&key));
                }
                Step::RemoveFirst => {
                    let first = queue.first().map(|(key, _)| key);
                    let removed = first.and_then(|key| Some((key, queue.remove(key)?)));
                    prop_assert_eq!(removed, map.pop_first());
                }
                Step::ExtractOdd => {
                    let mut taken = Vec::new();
                    queue.extract(|key, _| key % 2 == 1, |value| taken.push(value));
                    let expected: Vec<_> = map.extract_if(.., |key, _| key % 2 == 1).map(|(_, value)| value).collect();
                    prop_assert_eq!(taken, expected);
                }
            }
            prop_assert_eq!((queue.len(), queue.is_empty()), (map.len(), map.is_empty()));
            prop_assert_eq!(queue.first(), map.first_key_value().map(|(key, value)| (*key, value)));
            prop_assert_eq!(queue.values().collect::<Vec<_>>(), map.values().collect::<Vec<_>>());
            let key = u64::try_from(value % 256).unwrap();
            prop_assert_eq!(queue.get(key), map.get(&key));
            prop_assert_eq!(queue.get_mut(key), map.get_mut(&key));
            prop_assert!(queue.slots.len() <= 2 * queue.len);
        }
    }
}

#[test]
fn a_queue_that_was_long_gives_its_memory_back() {
    let mut queue = SortedQueue::default();
    for key in 0..100_000_u64 {
        queue.insert(key, ());
    }
    for key in (1..100_000).rev() {
        queue.remove(key);
    }
    assert_eq!(queue.len(), 1);
    assert!(queue.slots.capacity() <= SPARE, "{}", queue.slots.capacity());
}
