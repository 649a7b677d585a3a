package post_test

import (
	"testing"

	"holdall/sync/hub/stand"
)

// TestThePostOnAStricterEngine plays what the post does again on a database that
// refuses and loses transactions: nothing is doubled, nothing lost, and nobody
// notices (SPEC P54).
func TestThePostOnAStricterEngine(t *testing.T) {
	stand.OnAStricterEngine(t, t.Run,
		TestAReplyLeavesOnceUnderOurSignature, TestASideConversationAndTheRequesterKnowNothingOfEachOther, TestAHeldReplyStays,
		TestAReplyToNobodyFailsWithAReason, TestARestartForgetsNoPause, TestEveryTryIsOfTheSameMail, TestTheRateIsKeptAndSeen,
		TestACopyIsKeptOnce, TestWhatRestsLeavesOnceWhenItGoesOn, TestAnotherRateCountsAtOnce, TestThePostBeforeHasTheFirstWord,
		TestAnswersLeaveByTheMailboxTheyCameBy, TestAWrittenAnswerNeverLeavesByAnother, TestARemovedMailboxLeavesItsAnswersToTheDesk,
		TestMailsBecomeTicketsOnce, TestTwoConvertersThatRanApartMakeOneTicket, TestAnOutcomeTheRulesRefuseChangesNothing,
		TestAFailedTryRests, TestTheBookKnowsWhoWrote, TestMailsOfOneSecondKeepTheirOrder, TestANewTicketIsAcknowledgedOnce,
		TestAReplyLeavesWithItsFiles,
	)
}
