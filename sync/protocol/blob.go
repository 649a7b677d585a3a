package protocol

// PartBytes is how much of a file goes up in one request; only the last part is
// shorter (SPEC P41).
const PartBytes = 1 << 20

// Standing is how far the hub is with a file that a message of the device
// announced. Files go over HTTP beside the conversation, so it is no frame:
//
//	POST /api/v1/blobs/<sha256>?message=<id>            how far are you?
//	PUT  /api/v1/blobs/<sha256>?message=<id>&offset=<n> the next part
//	GET  /api/v1/blobs/<sha256>                         the bytes, by Range
type Standing struct {
	Offset int64 `json:"offset"` // bytes that are durable at the hub: where the next part begins
	Size   int64 `json:"size"`
	Done   bool  `json:"done"` // the hub has the file, and the message says so
}
