#[rpc_service]
/// Does sums.
pub trait CalculatorService {
    /// Adds two numbers.
    async fn add(&self, a: i64, b: i64) -> Result<i64, CalcError>;
    /// Divides `a` by `b`.
    fn divide(&self, a: i64, b: i64) -> impl Future<Output = Result<i64, CalcError>> + Send;
    async fn ping(&self) -> farcall::Result<()>;
}
