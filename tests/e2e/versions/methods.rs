//! Methods come, go, move and change their kind.

use super::harness::changes;

changes! {
    "method added" as added {
        old {
            trait { async fn price(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { async fn tax(&self) -> u32; async fn price(&self) -> u32; }
            object { async fn tax(&self) -> u32 { 1 } async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.tax().await => 1 }
        }
    }
    "method removed" as removed {
        old {
            trait { async fn tax(&self) -> u32; async fn price(&self) -> u32; }
            object { async fn tax(&self) -> u32 { 1 } async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.tax().await => 1 }
        }
        new {
            trait { async fn price(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
    }
    "method renamed, `#[rpc(name)]` kept" as renamed {
        old {
            trait { async fn price(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { #[rpc(name = "price")] async fn price_of_all(&self) -> u32; }
            object { async fn price_of_all(&self) -> u32 { 7 } }
            call(shop) { shop.price_of_all().await => 7 }
        }
    }
    "method renamed" as renamed_on_the_wire {
        old {
            trait { async fn price(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { async fn cost(&self) -> u32; }
            object { async fn cost(&self) -> u32 { 7 } }
            call(shop) { shop.cost().await => 7 }
        }
    }
    "methods reordered" as reordered {
        old {
            trait { async fn price(&self) -> u32; async fn count(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } async fn count(&self) -> u32 { 1 } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { async fn count(&self) -> u32; async fn price(&self) -> u32; }
            object { async fn count(&self) -> u32 { 1 } async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
    }
    "value became a stream" as kind_of_result {
        old {
            trait { async fn prices(&self) -> Vec<u32>; }
            object { async fn prices(&self) -> Vec<u32> { vec![7, 8] } }
            call(shop) { shop.prices().await => vec![7, 8] }
        }
        new {
            trait { fn prices(&self) -> impl Stream<Item = u32> + Send; }
            object { fn prices(&self) -> impl Stream<Item = u32> + Send { stream::iter([7, 8]) } }
            call(shop) { all(shop.prices()).await => vec![7, 8] }
        }
    }
    "argument became a stream" as kind_of_argument {
        old {
            trait { async fn sum(&self, prices: Vec<u32>) -> u32; }
            object { async fn sum(&self, prices: Vec<u32>) -> u32 { prices.iter().sum() } }
            call(shop) { shop.sum(vec![3, 4]).await => 7 }
        }
        new {
            trait { async fn sum(&self, prices: impl Stream<Item = u32> + Send) -> u32; }
            object {
                async fn sum(&self, prices: impl Stream<Item = u32> + Send) -> u32 {
                    prices.fold(0, |sum, price| async move { sum + price }).await
                }
            }
            call(shop) { shop.sum(stream::iter([3, 4])).await => 7 }
        }
    }
}
