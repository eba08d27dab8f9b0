#[automatically_derived]
impl<'a, T: Clone + rpc::__private::Describe, const N: usize> rpc::__private::Describe
for Page<'a, T, N>
where
    T: Default,
{
    fn describe(__descriptions: &mut rpc::__private::Descriptions) {
        if rpc::__private::Descriptions::add::<
            Self,
        >(
            __descriptions,
            || {
                rpc::__private::Notes::new(
                        "A page of a list.\n\nThe last one has no `next`.",
                    )
                    .with_member(rpc::__private::MemberNotes::new("What stands on it."))
                    .with_member(rpc::__private::MemberNotes::new("").with_number(7))
                    .with_member(rpc::__private::MemberNotes::new(""))
            },
        ) {
            rpc::__private::note!(__descriptions, Vec < T >, [u8; N]);
        }
    }
}
