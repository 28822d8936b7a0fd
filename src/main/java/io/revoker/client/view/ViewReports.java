package io.revoker.client.view;

import io.revoker.client.view.Tables.WentBack;

/** What {@link Follow} reports to the rest of the view, on the thread of the view. */
interface ViewReports {
    void fresh();

    void looked();

    void changed(Change change);

    void changedAll();

    void wentBack(WentBack alarm);

    void failed(Throwable failure);
}
