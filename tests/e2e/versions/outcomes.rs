//! What a method gives changes: its result, its error, its stream.

use super::harness::changes;

changes! {
    "result widened" as widened {
        old {
            trait { async fn price(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { async fn price(&self) -> u64; }
            object { async fn price(&self) -> u64 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
    }
    "result widened, and a value that does not fit" as too_wide {
        old {
            trait { async fn price(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { async fn price(&self) -> u64; }
            object { async fn price(&self) -> u64 { 1 << 40 } }
            call(shop) { shop.price().await => 7 }
        }
    }
    "result retyped" as retyped {
        old {
            trait { async fn price(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { async fn price(&self) -> String; }
            object { async fn price(&self) -> String { "seven".to_owned() } }
            call(shop) { shop.price().await => "seven".to_owned() }
        }
    }
    "field added to the result" as field_added {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) struct Item { price: u32 } }
            trait { async fn item(&self) -> Item; }
            object { async fn item(&self) -> Item { Item { price: 7 } } }
            call(shop) { shop.item().await => Item { price: 7 } }
        }
        new {
            types {
                #[derive(Serialize, Deserialize, Debug, PartialEq)]
                pub(crate) struct Item { tax: u32, price: u32 }
            }
            trait { async fn item(&self) -> Item; }
            object { async fn item(&self) -> Item { Item { tax: 1, price: 7 } } }
            call(shop) { shop.item().await => Item { tax: 1, price: 7 } }
        }
    }
    "variant added to the error, an old one given" as error_grew {
        old {
            types {
                #[derive(Serialize, Deserialize, Debug, PartialEq, thiserror::Error)]
                pub(crate) enum Error { #[error("sold")] Sold }
            }
            trait { async fn price(&self) -> Result<u32, Error>; }
            object { async fn price(&self) -> Result<u32, Error> { Err(Error::Sold) } }
            call(shop) { shop.price().await.split() => Err(Error::Sold) }
        }
        new {
            types {
                #[derive(Serialize, Deserialize, Debug, PartialEq, thiserror::Error)]
                pub(crate) enum Error { #[error("lost")] Lost, #[error("sold")] Sold }
            }
            trait { async fn price(&self) -> Result<u32, Error>; }
            object { async fn price(&self) -> Result<u32, Error> { Err(Error::Sold) } }
            call(shop) { shop.price().await.split() => Err(Error::Sold) }
        }
    }
    "error replaced by another type" as error_replaced {
        old {
            trait { async fn price(&self) -> Result<u32, String>; }
            object { async fn price(&self) -> Result<u32, String> { Err("sold".to_owned()) } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { async fn price(&self) -> Result<u32, u8>; }
            object { async fn price(&self) -> Result<u32, u8> { Err(5) } }
            call(shop) { shop.price().await => 7 }
        }
    }
    "value became a `Result`" as became_result {
        old {
            trait { async fn price(&self) -> u32; }
            object { async fn price(&self) -> u32 { 7 } }
            call(shop) { shop.price().await => 7 }
        }
        new {
            trait { async fn price(&self) -> Result<u32, String>; }
            object { async fn price(&self) -> Result<u32, String> { Ok(7) } }
            call(shop) { shop.price().await => 7 }
        }
    }
    "items of the result stream widened" as stream_widened {
        old {
            trait { fn prices(&self) -> impl Stream<Item = u32> + Send; }
            object { fn prices(&self) -> impl Stream<Item = u32> + Send { stream::iter([7, 8]) } }
            call(shop) { all(shop.prices()).await => vec![7, 8] }
        }
        new {
            trait { fn prices(&self) -> impl Stream<Item = u64> + Send; }
            object { fn prices(&self) -> impl Stream<Item = u64> + Send { stream::iter([7, 8]) } }
            call(shop) { all(shop.prices()).await => vec![7, 8] }
        }
    }
    "items of the result stream retyped" as stream_retyped {
        old {
            trait { fn prices(&self) -> impl Stream<Item = u32> + Send; }
            object { fn prices(&self) -> impl Stream<Item = u32> + Send { stream::iter([7, 8]) } }
            call(shop) { all(shop.prices()).await => vec![7, 8] }
        }
        new {
            trait { fn prices(&self) -> impl Stream<Item = String> + Send; }
            object {
                fn prices(&self) -> impl Stream<Item = String> + Send { stream::iter(["seven".to_owned()]) }
            }
            call(shop) { all(shop.prices()).await => vec!["seven".to_owned()] }
        }
    }
    "result became bytes" as bytes {
        old {
            trait { async fn label(&self) -> String; }
            object { async fn label(&self) -> String { "chess".to_owned() } }
            call(shop) { shop.label().await => "chess".to_owned() }
        }
        new {
            trait { async fn label(&self) -> Vec<u8>; }
            object { async fn label(&self) -> Vec<u8> { b"chess".to_vec() } }
            call(shop) { shop.label().await => b"chess".to_vec() }
        }
    }
}
