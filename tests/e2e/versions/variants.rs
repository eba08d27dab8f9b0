//! Variants of an enum come, go, move and change what they hold.

use super::harness::changes;

changes! {
    "variant added, an old one sent" as added {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { let Item::Book(price) = item; price } }
            call(shop) { shop.price(Item::Book(7)).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Toy(u32), Book(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { match item { Item::Book(price) | Item::Toy(price) => price } } }
            call(shop) { shop.price(Item::Book(7)).await => 7 }
        }
    }
    "variant added, and sent" as added_and_sent {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { let Item::Book(price) = item; price } }
            call(shop) { shop.price(Item::Book(7)).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Toy(u32), Book(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { match item { Item::Book(price) | Item::Toy(price) => price } } }
            call(shop) { shop.price(Item::Toy(7)).await => 7 }
        }
    }
    "variants reordered" as reordered {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book(u32), Toy(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { match item { Item::Book(price) => price, Item::Toy(_) => 0 } } }
            call(shop) { shop.price(Item::Book(7)).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Toy(u32), Book(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { match item { Item::Book(price) => price, Item::Toy(_) => 0 } } }
            call(shop) { shop.price(Item::Book(7)).await => 7 }
        }
    }
    "variant renamed, with `#[serde(alias)]`" as renamed_with_alias {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { let Item::Book(price) = item; price } }
            call(shop) { shop.price(Item::Book(7)).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { #[serde(alias = "Book")] Volume(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { let Item::Volume(price) = item; price } }
            call(shop) { shop.price(Item::Volume(7)).await => 7 }
        }
    }
    "variant renamed" as renamed {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { let Item::Book(price) = item; price } }
            call(shop) { shop.price(Item::Book(7)).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Volume(u32) } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { let Item::Volume(price) = item; price } }
            call(shop) { shop.price(Item::Volume(7)).await => 7 }
        }
    }
    "variant gets content" as content {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book, Toy } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { match item { Item::Book => 7, Item::Toy => 1 } } }
            call(shop) { shop.price(Item::Book).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book(u32), Toy } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { match item { Item::Book(price) => price, Item::Toy => 1 } } }
            call(shop) { shop.price(Item::Book(7)).await => 7 }
        }
    }
    "field added to a variant, with `#[serde(default)]`" as field {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book { price: u32 } } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { let Item::Book { price } = item; price } }
            call(shop) { shop.price(Item::Book { price: 7 }).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book { price: u32, #[serde(default)] tax: u32 } } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { let Item::Book { price, tax } = item; price + tax } }
            call(shop) { shop.price(Item::Book { price: 7, tax: 0 }).await => 7 }
        }
    }
    "`#[serde(other)]` variant added, an unknown one sent" as other {
        old {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book, Toy, Game } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { match item { Item::Game => 7, _ => 1 } } }
            call(shop) { shop.price(Item::Game).await => 7 }
        }
        new {
            types { #[derive(Serialize, Deserialize, Debug, PartialEq)] pub(crate) enum Item { Book, #[serde(other)] Unknown } }
            trait { async fn price(&self, item: Item) -> u32; }
            object { async fn price(&self, item: Item) -> u32 { match item { Item::Book => 1, Item::Unknown => 7 } } }
            call(shop) { shop.price(Item::Book).await => 1 }
        }
    }
}
