/// Items and bytes that may still be sent or come, by place and argument stream; none for the result.
pub(in crate::proto) type Credits = Vec<((u32, Option<u32>), (u64, i64))>;
