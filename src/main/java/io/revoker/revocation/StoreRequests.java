package io.revoker.revocation;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.ReadLog;
import io.revoker.domain.followers.FollowerRequests;
import io.revoker.domain.store.AnswerStore;
import io.revoker.domain.store.RevocationLog;

/** Serves what the store answers by itself. */
final class StoreRequests {
    private StoreRequests() {}

    static BusEndpoint serve(BusEndpoint endpoint, RevocationVerticle.Ports ports) {
        return endpoint.<AnswerStore.Reserve, AnswerStore.Reserved>serve(
                        Addresses.RESERVE_ANSWER, ports.answers()::reserve)
                .<AnswerStore.Settle, AnswerStore.Reserved>serve(Addresses.SETTLE_ANSWER, ports.answers()::settle)
                .<FollowerRequests.Confirm, FollowerRequests.Confirmed>serve(
                        Addresses.CONFIRM, ports.followers()::confirm)
                .<FollowerRequests.Remove, FollowerRequests.Removed>serve(
                        Addresses.REMOVE_FOLLOWER, ports.followers()::remove)
                .<FollowerRequests.Find, FollowerRequests.Found>serve(Addresses.FIND_FOLLOWERS, ports.followers()::find)
                .<ReadLog, RevocationLog.LogPage>serve(
                        Addresses.READ_LOG, request -> ports.log().resume(request.read()));
    }
}
