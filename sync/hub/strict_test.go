package hub_test

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	"holdall/sync/hub/stand"
)

const onAStricterEngine = "TestTheHubOnAStricterEngine"

// stricter reports whether a test runs as part of TestTheHubOnAStricterEngine.
func stricter(t testing.TB) bool { return strings.HasPrefix(t.Name(), onAStricterEngine+"/") }

// TestTheHubOnAStricterEngine plays what the hub does again on a database that
// refuses transactions with 40001 and 40P01 and loses connections, within and
// after COMMIT too: nothing is doubled, nothing lost, and nobody notices (SPEC
// P54).
func TestTheHubOnAStricterEngine(t *testing.T) {
	for _, test := range []func(*testing.T){
		TestSignInEnrolsADevice, TestNobodyIsEnrolledWhoIsNotThere, TestASlowDeviceStillReachesItsCheckpoints, TestNobodyIsBufferedFor,
		TestAQuestionIsAnsweredBeforeTheCheckpoint, TestAnOldOutboxAlwaysDrains, TestForgedClaimsCountForNothing,
		TestAConversationByPlainRequests, TestAFileComesInPartsAndIsKeptOnce, TestTwoDevicesSendTheSame,
	} {
		name := runtime.FuncForPC(reflect.ValueOf(test).Pointer()).Name()
		t.Run(name[strings.LastIndex(name, ".")+1:], test)
	}
	stand.Met(t)
}
