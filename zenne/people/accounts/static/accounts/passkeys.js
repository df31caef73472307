// <zenne-passkey kind="create|get|login" options="…">: a form whose button asks the browser for a passkey and sends its answer.
// "login" fetches its options from the form's own address at the moment they are needed. Hidden until the browser can do it.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
const withBytes = (credentials) => credentials?.map((one) => ({ ...one, id: bytes(one.id) }))

const creation = ({ publicKey }) => ({
  publicKey: {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  },
})

const request = ({ publicKey }) => ({
  publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials) },
})

const answer = (credential) => {
  const given = credential.response
  const response = { clientDataJSON: text(given.clientDataJSON) }
  if (given.attestationObject) {
    response.attestationObject = text(given.attestationObject)
    response.transports = given.getTransports?.() ?? []
  } else {
    response.authenticatorData = text(given.authenticatorData)
    response.signature = text(given.signature)
    response.userHandle = given.userHandle ? text(given.userHandle) : null
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment,
  }
}

customElements.define(
  "zenne-passkey",
  class extends HTMLElement {
    connectedCallback() {
      if (!window.PublicKeyCredential) return
      this.hidden = false
      this.querySelector("form").addEventListener("submit", (event) => {
        event.preventDefault()
        this.ask(event.target).catch(() => this.fail())
      })
    }

    async ask(form) {
      this.querySelector("[data-failed]").hidden = true
      const options = await this.options(form)
      const credential =
        this.getAttribute("kind") === "create"
          ? await navigator.credentials.create(creation(options))
          : await navigator.credentials.get(request(options))
      form.elements.credential.value = JSON.stringify(answer(credential))
      form.submit()
    }

    async options(form) {
      if (this.getAttribute("kind") !== "login") return JSON.parse(this.getAttribute("options"))
      const response = await fetch(form.action, { headers: { Accept: "application/json" } })
      if (!response.ok) throw new Error(String(response.status))
      return (await response.json()).request_options
    }

    fail() {
      this.querySelector("[data-failed]").hidden = false
    }
  },
)
