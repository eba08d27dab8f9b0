//! Types of other crates, against golden files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::golden::{compare, zoo};

bitflags::bitflags! {
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Rights: u8 {
        const READ = 1;
        const WRITE = 2;
    }
}

#[test]
fn text_and_bytes() {
    let text = zoo! {
        uuid::Uuid, Option<uuid::Uuid>, uuid::NonNilUuid, BTreeMap<uuid::Uuid, u8>, ulid::Ulid, url::Url,
        url::Host<String>, bytes::Bytes, bytes::BytesMut, serde_bytes::ByteBuf, &'static serde_bytes::Bytes,
        serde_bytes::ByteArray<4>, smol_str::SmolStr, compact_str::CompactString, camino::Utf8PathBuf,
        arrayvec::ArrayString<16>, heapless::String<8>, semver::Version, semver::VersionReq, semver::Comparator,
        unic_langid::LanguageIdentifier,
    };
    compare("text_and_bytes.txt", &text);
}

#[derive(Serialize, Deserialize)]
struct Stamps {
    #[serde(with = "chrono::serde::ts_seconds")]
    seconds: chrono::DateTime<chrono::Utc>,
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    milliseconds: Option<chrono::DateTime<chrono::Utc>>,
    #[serde(with = "time::serde::rfc3339")]
    text: time::OffsetDateTime,
    #[serde(with = "time::serde::timestamp")]
    number: time::OffsetDateTime,
}

#[test]
fn dates_and_times() {
    let text = zoo! {
        chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::FixedOffset>, chrono::NaiveDate,
        chrono::NaiveDateTime, chrono::NaiveTime, chrono::Weekday, chrono::Month, chrono::TimeDelta,
        time::OffsetDateTime, time::PrimitiveDateTime, time::Date, time::Time, time::Duration, time::UtcOffset,
        time::Weekday, time::Month, jiff::Timestamp, jiff::Zoned, jiff::civil::Date, jiff::civil::DateTime,
        jiff::civil::Time, jiff::Span, jiff::SignedDuration, Stamps,
    };
    compare("dates_and_times.txt", &text);
}

#[derive(Serialize, Deserialize)]
struct Prices {
    #[serde(with = "rust_decimal::serde::str")]
    text: rust_decimal::Decimal,
    #[serde(with = "rust_decimal::serde::float")]
    float: rust_decimal::Decimal,
}

#[test]
fn numbers() {
    let text = zoo! {
        rust_decimal::Decimal, Prices, bigdecimal::BigDecimal, num_bigint::BigInt, num_bigint::BigUint,
        num_complex::Complex<f32>, ordered_float::OrderedFloat<f64>, ordered_float::NotNan<f32>, Rights,
        ipnet::IpNet, ipnet::Ipv4Net, ipnet::Ipv6Net,
        cidr::IpCidr, cidr::Ipv4Inet, cidr::Ipv6Cidr, macaddr::MacAddr6, macaddr::MacAddr8, half::f16, half::bf16, geo_types::Point<f64>, geo_types::Geometry<f32>,
    };
    compare("numbers.txt", &text);
}

#[test]
fn collections() {
    let text = zoo! {
        indexmap::IndexMap<String, u8>, indexmap::IndexMap<i16, Vec<u8>>, indexmap::IndexSet<char>,
        smallvec::SmallVec<[u16; 4]>, arrayvec::ArrayVec<u8, 4>, tinyvec::ArrayVec<[i8; 4]>,
        tinyvec::TinyVec<[String; 2]>, heapless::Vec<u32, 4>, heapless::index_map::FnvIndexMap<u8, bool, 4>,
        either::Either<u8, String>, fixedbitset::FixedBitSet, serde_json::Value, serde_json::Number,
        serde_json::Map<String, serde_json::Value>,
    };
    compare("collections.txt", &text);
}
