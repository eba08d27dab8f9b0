//! Types of other crates.

use arrayvec::{ArrayString, ArrayVec};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use either::Either;
use indexmap::{IndexMap, IndexSet};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::num::{f32 as floats, f64 as doubles};
use proptest::prelude::*;
use smallvec::SmallVec;
use time::OffsetDateTime;

use super::{each_is_written_as_its_shape, letter, text};

fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    let seconds = -62_135_596_800..253_402_300_799_i64;
    (seconds, 0..1_000_000_000_u32)
        .prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap())
}

fn point_in_time() -> impl Strategy<Value = OffsetDateTime> {
    (-62_135_596_800..253_402_300_799_i64)
        .prop_map(|seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap())
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let simple = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        doubles::NORMAL.prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    simple.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(text(), inner, 0..3).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn network() -> impl Strategy<Value = ipnet::IpNet> {
    (any::<std::net::IpAddr>(), 0..=32_u8)
        .prop_map(|(address, prefix)| ipnet::IpNet::new(address, prefix).unwrap())
}

fn integer() -> impl Strategy<Value = num_bigint::BigInt> {
    vec(any::<u8>(), 0..40).prop_map(|bytes| num_bigint::BigInt::from_signed_bytes_le(&bytes))
}

fn version() -> impl Strategy<Value = semver::Version> {
    any::<(u64, u64, u64)>().prop_map(|(major, minor, patch)| semver::Version::new(major, minor, patch))
}

each_is_written_as_its_shape! {
    uuids: uuid::Uuid => any::<u128>().prop_map(uuid::Uuid::from_u128);
    ulids: ulid::Ulid => any::<u128>().prop_map(ulid::Ulid);
    urls: url::Url => "[a-z]{1,9}(/[a-z%20]{0,5}){0,3}".prop_map(|text| format!("https://{text}").parse().unwrap());
    hosts: url::Host<String> => prop_oneof![
        "[a-z]{1,9}".prop_map(url::Host::Domain),
        any::<std::net::Ipv4Addr>().prop_map(url::Host::Ipv4),
        any::<std::net::Ipv6Addr>().prop_map(url::Host::Ipv6),
    ];
    blocks: Bytes => vec(any::<u8>(), 0..30).prop_map(Bytes::from);
    byte_bufs: serde_bytes::ByteBuf => vec(any::<u8>(), 0..30).prop_map(serde_bytes::ByteBuf::from);
    small_strings: smol_str::SmolStr => text().prop_map(smol_str::SmolStr::from);
    compact_strings: compact_str::CompactString => text().prop_map(compact_str::CompactString::from);
    array_strings: ArrayString<16> => "[a-z]{0,16}".prop_map(|text| ArrayString::from(&text).unwrap());
    versions: semver::Version => version();
    requirements: semver::VersionReq => version().prop_map(|version| format!("^{version}").parse().unwrap());

    chrono_moments: DateTime<Utc> => moment();
    chrono_dates: chrono::NaiveDate => moment().prop_map(|moment| moment.date_naive());
    chrono_times: chrono::NaiveTime => moment().prop_map(|moment| moment.time());
    chrono_both: chrono::NaiveDateTime => moment().prop_map(|moment| moment.naive_utc());
    chrono_weekdays: chrono::Weekday => moment().prop_map(|moment| chrono::Datelike::weekday(&moment));
    chrono_months: chrono::Month => (1..=12_u8).prop_map(|month| chrono::Month::try_from(month).unwrap());
    chrono_deltas: chrono::TimeDelta => any::<i32>().prop_map(|seconds| chrono::TimeDelta::seconds(seconds.into()));
    time_moments: OffsetDateTime, not in "xml" => point_in_time();
    time_dates: time::Date, not in "xml" => point_in_time().prop_map(OffsetDateTime::date);
    time_times: time::Time, not in "xml" => point_in_time().prop_map(OffsetDateTime::time);
    time_durations: time::Duration, not in "xml" => any::<i32>().prop_map(|seconds| time::Duration::seconds(seconds.into()));
    time_weekdays: time::Weekday, not in "xml" => point_in_time().prop_map(OffsetDateTime::weekday);

    decimals: rust_decimal::Decimal, not in "postcard" "xml" =>
        (any::<i64>(), 0..28_u32).prop_map(|(number, scale)| rust_decimal::Decimal::new(number, scale));
    big_decimals: bigdecimal::BigDecimal, not in "postcard" "xml" =>
        (integer(), 0..9_i64).prop_map(|(number, scale)| bigdecimal::BigDecimal::new(number, scale));
    big_integers: num_bigint::BigInt => integer();
    complex_numbers: num_complex::Complex<f32> =>
        (floats::NORMAL, floats::NORMAL).prop_map(|(re, im)| num_complex::Complex::new(re, im));
    ordered_floats: ordered_float::OrderedFloat<f64> => doubles::NORMAL.prop_map(ordered_float::OrderedFloat);
    networks: ipnet::IpNet => network();
    tagged_networks: cidr::IpCidr, not in "postcard" =>
        any::<std::net::IpAddr>().prop_map(cidr::IpCidr::new_host);
    half_floats: half::f16 => any::<u16>().prop_map(half::f16::from_bits);
    addresses_of_cards: macaddr::MacAddr6 => any::<[u8; 6]>().prop_map(macaddr::MacAddr6::from);
    geometries: geo_types::Geometry<f64> => (doubles::NORMAL, vec((doubles::NORMAL, doubles::NORMAL), 2..4))
        .prop_map(|(x, points)| {
            let line = geo_types::LineString::from(points);
            let point = geo_types::Point::new(x, 1.0);
            let both = geo_types::GeometryCollection::from(vec![geo_types::Geometry::from(line), point.into()]);
            geo_types::Geometry::GeometryCollection(both)
        });
    jiff_moments: jiff::Timestamp =>
        (-9_000_000_000..9_000_000_000_i64).prop_map(|second| jiff::Timestamp::from_second(second).unwrap());

    maps_in_order: IndexMap<String, u8> =>
        btree_map(text(), any::<u8>(), 0..4).prop_map(|map| map.into_iter().collect());
    sets_in_order: IndexSet<char> => btree_set(letter(), 0..4).prop_map(|set| set.into_iter().collect());
    small_lists: SmallVec<[u16; 4]> => vec(any::<u16>(), 0..9).prop_map(SmallVec::from);
    lists_in_arrays: ArrayVec<i8, 4> => vec(any::<i8>(), 0..4).prop_map(|list| list.into_iter().collect());
    heapless_lists: heapless::Vec<u32, 4> => vec(any::<u32>(), 0..4).prop_map(|list| list.into_iter().collect());
    eithers: Either<u8, String> => prop_oneof![any::<u8>().prop_map(Either::Left), text().prop_map(Either::Right)];
    json_values: serde_json::Value, not in "postcard" "xml" => json_value();
}
