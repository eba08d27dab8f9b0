#[rpc_service]
pub struct Calculator {
    a: i64,
}
