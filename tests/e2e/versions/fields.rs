//! Fields of a struct come, go, move and change their types.

use super::harness::changes;

changes! {
    "field added, with `#[serde(default)]`" as added_with_default {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { #[serde(default)] pub(crate) tax: u32, pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price + item.tax } }
            call(shop) { shop.price(Item { tax: 0, price: 7 }).await => 7 }
        }
    }
    "field added, without a default" as added {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) tax: u32, pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price + item.tax } }
            call(shop) { shop.price(Item { tax: 0, price: 7 }).await => 7 }
        }
    }
    "field added, an option" as added_option {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32, pub(crate) tax: Option<u32> } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price + item.tax.unwrap_or(0) } }
            call(shop) { shop.price(Item { price: 7, tax: None }).await => 7 }
        }
    }
    "fields reordered" as reordered {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32, pub(crate) tax: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price - item.tax } }
            call(shop) { shop.price(Item { price: 9, tax: 2 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) tax: u32, pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price - item.tax } }
            call(shop) { shop.price(Item { price: 9, tax: 2 }).await => 7 }
        }
    }
    "field renamed, with `#[serde(alias)]`" as renamed_with_alias {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { #[serde(alias = "price")] pub(crate) cost: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.cost } }
            call(shop) { shop.price(Item { cost: 7 }).await => 7 }
        }
    }
    "field renamed" as renamed {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) cost: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.cost } }
            call(shop) { shop.price(Item { cost: 7 }).await => 7 }
        }
    }
    "field retyped" as retyped {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: String } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price.len() as u32 } }
            call(shop) { shop.price(Item { price: "chess".to_owned() }).await => 5 }
        }
    }
    "field widened" as widened {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u64 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price as u32 } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
    }
    "field made an option, and a value that is none" as made_optional {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: Option<u32> } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price.unwrap_or(1) } }
            call(shop) { shop.price(Item { price: None }).await => 1 }
        }
    }
    "field gets `skip_serializing_if`" as skippable {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32, pub(crate) tax: Option<u32> } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price + item.tax.unwrap_or(0) } }
            call(shop) { shop.price(Item { price: 7, tax: None }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32, #[serde(skip_serializing_if = "Option::is_none")] pub(crate) tax: Option<u32> } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price + item.tax.unwrap_or(0) } }
            call(shop) { shop.price(Item { price: 7, tax: None }).await => 7 }
        }
    }
    "struct renamed" as struct_renamed {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] #[serde(rename = "Article")] pub(crate) struct Item { pub(crate) price: u32 } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price } }
            call(shop) { shop.price(Item { price: 7 }).await => 7 }
        }
    }
    "field removed from the middle of a nested type" as nested {
        old {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Tag { a: u8, b: u8, c: u8 } #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32, tags: Vec<Tag> } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price + u32::from(item.tags[0].c) } }
            call(shop) { shop.price(Item { price: 4, tags: vec![Tag { a: 1, b: 2, c: 3 }] }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize)] pub(crate) struct Tag { a: u8, c: u8 } #[derive(Serialize, Deserialize)] pub(crate) struct Item { pub(crate) price: u32, tags: Vec<Tag> } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { item.price + u32::from(item.tags[0].c) } }
            call(shop) { shop.price(Item { price: 4, tags: vec![Tag { a: 1, c: 3 }] }).await => 7 }
        }
    }
}
