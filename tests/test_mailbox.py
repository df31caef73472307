from django.core.mail import EmailMessage


def test_a_mail_travels_by_smtp_and_arrives(mailbox):
    EmailMessage("Votre code", "Le code est 1234 : http://127.0.0.1/x", to=["amina@example.org"]).send()
    assert [str(message["Subject"]) for message in mailbox.to("amina@example.org")] == ["Votre code"]
    assert mailbox.links() == ["http://127.0.0.1/x"]
