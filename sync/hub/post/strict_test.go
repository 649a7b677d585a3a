package post_test

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	"holdall/sync/hub/stand"
)

const onAStricterEngine = "TestThePostOnAStricterEngine"

// stricter reports whether a test runs as part of TestThePostOnAStricterEngine.
func stricter(t testing.TB) bool { return strings.HasPrefix(t.Name(), onAStricterEngine+"/") }

// TestThePostOnAStricterEngine plays what the post does again on a database that
// refuses transactions with 40001 and 40P01 and loses connections, within and
// after COMMIT too: nothing is doubled, nothing lost, and nobody notices (SPEC
// P54).
func TestThePostOnAStricterEngine(t *testing.T) {
	for _, test := range []func(*testing.T){
		TestAReplyLeavesOnceUnderOurSignature, TestASideConversationAndTheRequesterKnowNothingOfEachOther, TestAHeldReplyStays,
		TestAReplyToNobodyFailsWithAReason, TestARestartForgetsNoPause, TestEveryTryIsOfTheSameMail, TestTheRateIsKeptAndSeen,
		TestACopyIsKeptOnce, TestWhatRestsLeavesOnceWhenItGoesOn, TestAnotherRateCountsAtOnce, TestThePostBeforeHasTheFirstWord,
		TestAnswersLeaveByTheMailboxTheyCameBy, TestAWrittenAnswerNeverLeavesByAnother, TestARemovedMailboxLeavesItsAnswersToTheDesk,
		TestMailsBecomeTicketsOnce, TestTwoConvertersThatRanApartMakeOneTicket, TestAnOutcomeTheRulesRefuseChangesNothing,
		TestAFailedTryRests, TestTheBookKnowsWhoWrote, TestMailsOfOneSecondKeepTheirOrder, TestANewTicketIsAcknowledgedOnce,
		TestAReplyLeavesWithItsFiles,
	} {
		name := runtime.FuncForPC(reflect.ValueOf(test).Pointer()).Name()
		t.Run(name[strings.LastIndex(name, ".")+1:], test)
	}
	stand.Met(t)
}
