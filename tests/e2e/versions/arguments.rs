//! Arguments come, go, move and change their types.

use super::harness::changes;

changes! {
    "argument added, with a default" as added_with_default {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            trait { async fn price(&self, of: u32, #[rpc(default)] more: u32) -> u32; }
            object { async fn price(&self, of: u32, more: u32) -> u32 { of + more } }
            call(shop) { shop.price(7, 0).await => 7 }
        }
    }
    "argument added in front, with a default" as added_in_front {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            trait { async fn price(&self, #[rpc(default)] more: u32, of: u32) -> u32; }
            object { async fn price(&self, more: u32, of: u32) -> u32 { of + more } }
            call(shop) { shop.price(0, 7).await => 7 }
        }
    }
    "argument added, without a default" as added_without_default {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            trait { async fn price(&self, of: u32, more: u32) -> u32; }
            object { async fn price(&self, of: u32, more: u32) -> u32 { of + more } }
            call(shop) { shop.price(7, 0).await => 7 }
        }
    }
    "arguments reordered" as reordered {
        old {
            trait { async fn subtract(&self, a: u32, b: u32) -> u32; }
            object { async fn subtract(&self, a: u32, b: u32) -> u32 { a - b } }
            call(shop) { shop.subtract(9, 2).await => 7 }
        }
        new {
            trait { async fn subtract(&self, b: u32, a: u32) -> u32; }
            object { async fn subtract(&self, b: u32, a: u32) -> u32 { a - b } }
            call(shop) { shop.subtract(2, 9).await => 7 }
        }
    }
    "argument renamed, with an alias" as renamed_with_alias {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            trait { async fn price(&self, #[rpc(alias = "of")] item: u32) -> u32; }
            object { async fn price(&self, item: u32) -> u32 { item } }
            call(shop) { shop.price(7).await => 7 }
        }
    }
    "argument renamed" as renamed {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            trait { async fn price(&self, item: u32) -> u32; }
            object { async fn price(&self, item: u32) -> u32 { item } }
            call(shop) { shop.price(7).await => 7 }
        }
    }
    "argument widened" as widened {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            trait { async fn price(&self, of: u64) -> u32; }
            object { async fn price(&self, of: u64) -> u32 { of as u32 } }
            call(shop) { shop.price(7).await => 7 }
        }
    }
    "argument narrowed, and a value that no longer fits" as narrowed {
        old {
            trait { async fn price(&self, of: u64) -> u64; }
            object { async fn price(&self, of: u64) -> u64 { of } }
            call(shop) { shop.price(1 << 40).await => 1 << 40 }
        }
        new {
            trait { async fn price(&self, of: u32) -> u64; }
            object { async fn price(&self, of: u32) -> u64 { of.into() } }
            call(shop) { shop.price(7).await => 7 }
        }
    }
    "argument retyped" as retyped {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            trait { async fn price(&self, of: String) -> u32; }
            object { async fn price(&self, of: String) -> u32 { of.len() as u32 } }
            call(shop) { shop.price("chess set".to_owned()).await => 9 }
        }
    }
    "argument made an option" as made_optional {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            trait { async fn price(&self, of: Option<u32>) -> u32; }
            object { async fn price(&self, of: Option<u32>) -> u32 { of.unwrap_or(1) } }
            call(shop) { shop.price(None).await => 1 }
        }
    }
    "argument put into a newtype" as newtype {
        old {
            trait { async fn price(&self, of: u32) -> u32; }
            object { async fn price(&self, of: u32) -> u32 { of } }
            call(shop) { shop.price(7).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item(u32); }
            trait { async fn price(&self, of: Item) -> u32; }
            object { async fn price(&self, of: Item) -> u32 { of.0 } }
            call(shop) { shop.price(Item(7)).await => 7 }
        }
    }
    "items of an argument stream retyped" as stream_retyped {
        old {
            trait { async fn sum(&self, prices: impl Stream<Item = u32> + Send) -> u32; }
            object {
                async fn sum(&self, prices: impl Stream<Item = u32> + Send) -> u32 {
                    prices.fold(0, |sum, price| async move { sum + price }).await
                }
            }
            call(shop) { shop.sum(stream::iter([3, 4])).await => 7 }
        }
        new {
            trait { async fn sum(&self, prices: impl Stream<Item = String> + Send) -> u32; }
            object {
                async fn sum(&self, prices: impl Stream<Item = String> + Send) -> u32 {
                    prices.fold(0, |sum, price| async move { sum + price.len() as u32 }).await
                }
            }
            call(shop) { shop.sum(stream::iter(["chess".to_owned()])).await => 5 }
        }
    }
    "items of an argument stream widened" as stream_widened {
        old {
            trait { async fn sum(&self, prices: impl Stream<Item = u32> + Send) -> u64; }
            object {
                async fn sum(&self, prices: impl Stream<Item = u32> + Send) -> u64 {
                    prices.fold(0, |sum, price| async move { sum + u64::from(price) }).await
                }
            }
            call(shop) { shop.sum(stream::iter([3, 4])).await => 7 }
        }
        new {
            trait { async fn sum(&self, prices: impl Stream<Item = u64> + Send) -> u64; }
            object {
                async fn sum(&self, prices: impl Stream<Item = u64> + Send) -> u64 {
                    prices.fold(0, |sum, price| async move { sum + price }).await
                }
            }
            call(shop) { shop.sum(stream::iter([3, 4])).await => 7 }
        }
    }
}
