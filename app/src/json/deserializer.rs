//! A node as serde reads it. Each shape is read from the one form in which serde writes it: a struct is an object, never a list.

use std::borrow::Cow;
use std::vec::IntoIter;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::Unreadable;
use super::node::Node;

type Answer<T> = Result<T, Unreadable>;
type Entry<'de> = (Cow<'de, str>, Node<'de>);

pub(super) struct FromNode<'de>(pub(super) Node<'de>);

impl<'de> FromNode<'de> {
    fn text(self) -> Answer<Cow<'de, str>> {
        match self.0 {
            Node::Text(text) => Ok(text),
            _ => Err(Unreadable),
        }
    }

    fn signed(&self) -> Answer<i64> {
        match self.0 {
            Node::Signed(number) => Ok(number),
            Node::Unsigned(number) => i64::try_from(number).map_err(|_| Unreadable),
            _ => Err(Unreadable),
        }
    }

    fn unsigned(&self) -> Answer<u64> {
        match self.0 {
            Node::Unsigned(number) => Ok(number),
            _ => Err(Unreadable),
        }
    }

    fn float(&self) -> Answer<f64> {
        match self.0 {
            Node::Float(number) => Ok(number),
            Node::Signed(number) => Ok(number as f64),
            Node::Unsigned(number) => Ok(number as f64),
            _ => Err(Unreadable),
        }
    }

    fn list<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        let Node::List(items) = self.0 else {
            return Err(Unreadable);
        };
        let mut items = Items(items.into_iter());
        let value = visitor.visit_seq(&mut items)?;
        if items.0.as_slice().is_empty() {
            Ok(value)
        } else {
            Err(Unreadable)
        }
    }

    fn object<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        let Node::Object(entries) = self.0 else {
            return Err(Unreadable);
        };
        visitor.visit_map(Entries {
            entries: entries.into_iter(),
            value: Node::Null,
        })
    }

    fn variant(self) -> Answer<Variant<'de>> {
        match self.0 {
            Node::Text(name) => Ok(Variant {
                name,
                value: Node::Null,
            }),
            Node::Object(entries) => match <[Entry<'de>; 1]>::try_from(entries) {
                Ok([(name, value)]) => Ok(Variant { name, value }),
                Err(_) => Err(Unreadable),
            },
            _ => Err(Unreadable),
        }
    }
}

macro_rules! numbers {
    ($visit:ident by $read:ident: $($method:ident)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
            visitor.$visit(self.$read()?)
        }
    )+ };
}

impl<'de> Deserializer<'de> for FromNode<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        match self.0 {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(value),
            Node::Unsigned(number) => visitor.visit_u64(number),
            Node::Signed(number) => visitor.visit_i64(number),
            Node::Float(number) => visitor.visit_f64(number),
            Node::Text(text) => visitor.visit_string(text.into_owned()),
            Node::List(_) => self.list(visitor),
            Node::Object(_) => self.object(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        match self.0 {
            Node::Bool(value) => visitor.visit_bool(value),
            _ => Err(Unreadable),
        }
    }

    numbers! { visit_i64 by signed: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 }
    numbers! { visit_u64 by unsigned: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }
    numbers! { visit_f64 by float: deserialize_f32 deserialize_f64 }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        visitor.visit_string(self.text()?.into_owned())
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        match self.0 {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        match self.0 {
            Node::Null => visitor.visit_unit(),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Answer<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Answer<V::Value> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, visitor: V) -> Answer<V::Value> {
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        self.object(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Answer<V::Value> {
        self.object(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Answer<V::Value> {
        visitor.visit_enum(self.variant()?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Answer<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { char bytes byte_buf unit_struct }
}

struct Items<'de>(IntoIter<Node<'de>>);

impl<'de> SeqAccess<'de> for &mut Items<'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Answer<Option<T::Value>> {
        match self.0.next() {
            Some(item) => seed.deserialize(FromNode(item)).map(Some),
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'de> {
    entries: IntoIter<Entry<'de>>,
    /// Of the name that was read last.
    value: Node<'de>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Answer<Option<K::Value>> {
        let Some((name, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = value;
        seed.deserialize(FromNode(Node::Text(name))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Answer<V::Value> {
        seed.deserialize(FromNode(std::mem::replace(&mut self.value, Node::Null)))
    }
}

/// `"name"`, or `{"name": value}`.
struct Variant<'de> {
    name: Cow<'de, str>,
    value: Node<'de>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Unreadable;
    type Variant = FromNode<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Answer<(V::Value, FromNode<'de>)> {
        let name = seed.deserialize(FromNode(Node::Text(self.name)))?;
        Ok((name, FromNode(self.value)))
    }
}

impl<'de> VariantAccess<'de> for FromNode<'de> {
    type Error = Unreadable;

    fn unit_variant(self) -> Answer<()> {
        match self.0 {
            Node::Null => Ok(()),
            _ => Err(Unreadable),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Answer<T::Value> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Answer<V::Value> {
        self.list(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Answer<V::Value> {
        self.object(visitor)
    }
}
