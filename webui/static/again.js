// A page that could not be made for want of time is asked for again, once the time is over that the server has named.
const again = document.getElementById("again");
again.hidden = false;
setTimeout(() => location.reload(), Number(again.dataset.seconds) * 1000);
