package hub_test

import (
	"testing"

	"holdall/sync/hub/stand"
)

// TestTheHubOnAStricterEngine plays what the hub does again on a database that
// refuses and loses transactions: nothing is doubled, nothing lost, and nobody
// notices (SPEC P54).
func TestTheHubOnAStricterEngine(t *testing.T) {
	stand.OnAStricterEngine(t, t.Run,
		TestSignInEnrolsADevice, TestNobodyIsEnrolledWhoIsNotThere, TestASlowDeviceStillReachesItsCheckpoints, TestNobodyIsBufferedFor,
		TestAQuestionIsAnsweredBeforeTheCheckpoint, TestAnOldOutboxAlwaysDrains, TestForgedClaimsCountForNothing,
		TestAConversationByPlainRequests, TestAFileComesInPartsAndIsKeptOnce, TestTwoDevicesSendTheSame,
		TestPresenceIsGatheredAndForgotten, TestPresenceIsToldToWhoComesLater,
	)
}
