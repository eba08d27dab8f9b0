use bytes::Bytes;

/// What `prost-build` makes of the messages of a `.proto` file, with `bytes` fields as `Bytes`.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Addends {
    #[prost(int64, tag = "1")]
    pub a: i64,
    #[prost(int64, tag = "2")]
    pub b: i64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub struct Sum {
    #[prost(int64, tag = "1")]
    pub sum: i64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub struct Payload {
    #[prost(bytes = "bytes", tag = "1")]
    pub payload: Bytes,
}

#[derive(Clone, PartialEq, prost::Message)]
pub struct Count {
    #[prost(uint64, tag = "1")]
    pub count: u64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub struct Item {
    #[prost(uint64, tag = "1")]
    pub number: u64,
}
